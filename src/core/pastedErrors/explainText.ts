import { ArmError } from '../armError';
import { publicCloud, type Cloud } from '../clouds';
import { findCodes, isWrapper, type CodeMention } from './codeMentions';
import { catalogueRow } from '../errors/errorCatalogue';
import { sentenceAround } from './messageAround';
import { recogniseSentences } from './messageSentences';
import { findFacts, valueFor, type Facts } from './nearbyFacts';
import { operationOf } from './pastedOperation';
import { findResources, type PastedResources } from './pastedResources';
import { tidyText } from './tidyText';

/** What a pasted text tells: its failures, ready for `diagnose`, and the resources that it names. */
export interface Explanation {
  readonly failures: readonly ArmError[];
  readonly resources: PastedResources;
}

/** So many failures are told; a text with more is a list of codes and no error. */
const maxFailures = 50;

/** Codes that a closer one explains, if there is one. */
const general: ReadonlySet<string> = new Set(['ResourceNotFound', 'OperationFailed', 'UnexpectedError']);

/**
 * Finds the errors of Azure in what somebody pasted: the output of az, PowerShell or Terraform, a notification of the portal, an
 * entry of the activity log, JSON of any depth, an error of the database engine. Each code is told once, where it stands first;
 * where a text has no code, the sentence of the service tells it. Codes of little meaning come last, or not at all.
 * @param cloud whose key vaults are known besides those of the public clouds
 * @returns the failures and resources, both empty for a text that has none; never throws
 */
export function explainText(text: string, cloud: Cloud = publicCloud): Explanation {
  const tidied = tidyText(text);
  const resources = findResources(tidied, cloud);
  const mentions = told(tidied).slice(0, maxFailures);
  const surroundings = {
    facts: findFacts(tidied),
    resources,
    starts: mentions.map(({ at }) => at).sort((a, b) => a - b),
  };
  const failures = mentions.map((mention) => new ArmError(details(tidied, mention, surroundings)));
  return { failures, resources };
}

/** The mentions that are worth telling, the closest first. */
function told(text: string): readonly CodeMention[] {
  const mentions = distinct(findCodes(text).map(closer));
  const isClose = ({ code }: CodeMention) => !isWrapper(code);
  const close = mentions.some(isClose) ? mentions.filter(isClose) : bySentence(text);
  if (close.length === 0) return mentions;
  const isGeneral = ({ code }: CodeMention) => general.has(code);
  return [...close.filter((mention) => !isGeneral(mention)), ...close.filter(isGeneral)];
}

/** A code that nobody knows, or that says nothing, gives way to that of the sentence behind it. */
function closer(mention: CodeMention): CodeMention {
  if (catalogueRow(mention.code)) return mention;
  const [sentence] = recogniseSentences(mention.message);
  return sentence ? { ...mention, code: sentence.code } : mention;
}

/** Each code once, with the first message that there is. */
function distinct(mentions: readonly CodeMention[]): readonly CodeMention[] {
  const byCode = new Map<string, CodeMention>();
  for (const mention of mentions) {
    const first = byCode.get(mention.code);
    if (!first?.message) byCode.set(mention.code, { ...mention, at: first?.at ?? mention.at });
  }
  return [...byCode.values()];
}

function bySentence(text: string): readonly CodeMention[] {
  return recogniseSentences(text).map((found) => ({ ...found, message: sentenceAround(text, found.at) }));
}

interface Surroundings {
  readonly facts: Facts;
  readonly resources: PastedResources;
  /** Where the failures stand, in order. */
  readonly starts: readonly number[];
}

function details(text: string, { code, at, message }: CodeMention, { facts, resources, starts }: Surroundings) {
  const near = (places: Facts[keyof Facts]) => valueFor(places, at, starts);
  const status = near(facts.statuses);
  const requestId = near(facts.requestIds);
  const correlationId = near(facts.correlationIds);
  const id = near(facts.resourceIds) ?? facts.resourceIds[0]?.value;
  // Of several failures the text does not tell which one an act is about.
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
