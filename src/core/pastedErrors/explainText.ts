import { ArmError } from '../armError';
import { publicCloud, type Cloud } from '../clouds';
import { findCodes, isWrapper, type CodeMention } from './codeMentions';
import { isErrorCode } from '../errors/errorCatalogue';
import { hasCode } from '../errors/errorCode';
import { sentenceAround } from './messageAround';
import { recognizeSentences } from './messageSentences';
import { findFacts, valueFor, type NearbyFacts } from './nearbyFacts';
import { findResources, operationOf, type PastedResources } from './pastedResources';
import { tidyText } from './tidyText';

/** The failures in a pasted text, ready for `diagnose`, and the resources that it names. */
export interface Explanation {
  readonly failures: readonly ArmError[];
  readonly resources: PastedResources;
}

/** Maximum failures reported; a text with more is a list of codes, not an error message. */
const maxFailures = 50;

/**
 * Finds Azure errors in pasted text: output of Azure CLI, PowerShell, or Terraform, a portal notification, an activity log entry,
 * JSON of any depth, or an error of the database engine. Each code is reported once, at its first mention. If the text has no
 * code, the service's sentences identify the error. Generic codes come last or are left out.
 * @param cloud its vault addresses are recognized in addition to those of the built-in clouds
 * @returns failures and resources, both empty for a text without any; never throws
 */
export function explainText(text: string, cloud: Cloud = publicCloud): Explanation {
  const tidied = tidyText(text);
  const resources = findResources(tidied, cloud);
  const mentions = rankMentions(tidied).slice(0, maxFailures);
  const surroundings = {
    facts: findFacts(tidied),
    resources,
    starts: mentions.map(({ at }) => at).sort((a, b) => a - b),
  };
  const failures = mentions.map((mention) => new ArmError(details(tidied, mention, surroundings)));
  return { failures, resources };
}

/** The mentions worth reporting, the most specific first. */
function rankMentions(text: string): readonly CodeMention[] {
  const mentions = distinct(findCodes(text).map(refineCode));
  const causes = mentions.filter(({ code }) => !isWrapper(code));
  const found = causes.length > 0 ? causes : mentionsBySentence(text);
  if (found.length === 0) return mentions;
  return [...found.filter((mention) => !isGeneric(mention)), ...found.filter(isGeneric)];
}

/** Whether a more specific code in the same text explains more. */
function isGeneric(mention: CodeMention): boolean {
  return hasCode(mention, 'ResourceNotFound', 'OperationFailed', 'UnexpectedError');
}

/** Replaces an unknown code by the one that its message identifies. */
function refineCode(mention: CodeMention): CodeMention {
  if (isErrorCode(mention.code)) return mention;
  const [sentence] = recognizeSentences(mention.message);
  return sentence ? { ...mention, code: sentence.code } : mention;
}

/** Each code once, at its first mention and with its first message. */
function distinct(mentions: readonly CodeMention[]): readonly CodeMention[] {
  const byCode = new Map<string, CodeMention>();
  for (const mention of mentions) {
    const first = byCode.get(mention.code);
    if (!first?.message) byCode.set(mention.code, { ...mention, at: first?.at ?? mention.at });
  }
  return [...byCode.values()];
}

function mentionsBySentence(text: string): readonly CodeMention[] {
  return recognizeSentences(text).map((found) => ({ ...found, message: sentenceAround(text, found.at) }));
}

interface Surroundings {
  readonly facts: NearbyFacts;
  readonly resources: PastedResources;
  /** Positions of the failures, ascending. */
  readonly starts: readonly number[];
}

function details(text: string, { code, at, message }: CodeMention, { facts, resources, starts }: Surroundings) {
  const near = (places: NearbyFacts[keyof NearbyFacts]) => valueFor(places, at, starts);
  const status = near(facts.statuses);
  const requestId = near(facts.requestIds);
  const correlationId = near(facts.correlationIds);
  const id = near(facts.resourceIds) ?? facts.resourceIds[0]?.value;
  // With several failures, the text does not say which of them the operation belongs to.
  const operation = operationOf(starts.length > 1 ? '' : text, id, resources);
  return {
    code,
    message,
    ...(status !== undefined && { status: Number(status) }),
    ...(requestId !== undefined && { requestId }),
    ...(correlationId !== undefined && { correlationId }),
    ...(operation !== undefined && { operation }),
  };
}
