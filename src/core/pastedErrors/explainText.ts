import { ArmError } from '../armError';
import { publicCloud, type Cloud } from '../clouds';
import { hasTrait, isErrorCode } from '../errors/errorCatalogue';
import { hasCode } from '../errors/errorCode';
import { findCodes, type CodeMention } from './codeMentions';
import { lineAround, messageAround, type Message } from './messageAround';
import { recognizeSentences, type RecognizedSentence } from './messageSentences';
import { findFacts, valueFor, type NearbyFacts } from './nearbyFacts';
import { operationOf } from './pastedOperation';
import { findResources, type PastedResources } from './pastedResources';
import { tidyText } from './tidyText';
import { isWrapper } from '../errors/wrappers';

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
  const sentences = recognizeSentences(tidied);
  const resources = findResources(tidied, cloud, sentences);
  const mentions = findFailures(tidied, sentences).slice(0, maxFailures);
  const surroundings = {
    facts: findFacts(tidied),
    resources,
    starts: mentions.map(({ at }) => at).sort((a, b) => a - b),
  };
  const failures = mentions.map((mention) => new ArmError(details(tidied, mention, surroundings)));
  return { failures, resources };
}

interface Failing {
  readonly code: string;
  readonly at: number;
  readonly message: string;
}

/** The failures in a text: specific ones first, then general ones, then unknown ones; wrappers only if there is nothing else. */
function findFailures(text: string, sentences: readonly RecognizedSentence[]): readonly Failing[] {
  const mentions = findCodes(text).map((mention) => refined(mention, sentences));
  const explained = mentions.filter(({ code }) => !isWrapper(code));
  const said = sentences
    .filter(({ at }) => !explained.some((mention) => isInside(at, mention)))
    .map(({ at, code }) => ({ at, code, message: messageAround(text, at) }));
  const causes = distinct([...explained, ...said].sort((a, b) => a.at - b.at));
  const found = causes.length > 0 ? causes : distinct(mentions);
  const isDetail = ({ code }: Found) =>
    code.startsWith('AADSTS') && found.some((other) => !other.code.startsWith('AADSTS'));
  const ranked = [0, 1, 2].flatMap((rank) => found.filter((one) => rankOf(one.code) === rank && !isDetail(one)));
  return ranked.map(({ code, at, message }) => {
    const sentence = message ? undefined : sentences.find((other) => other.code === code);
    const around = sentence ? messageAround(text, sentence.at) : lineAround(text, at);
    return { code, at, message: (message ?? around)?.text ?? '' };
  });
}

type Found = Pick<CodeMention, 'code' | 'at' | 'message'>;

/** 0 for a code that names its cause, 1 for a general code, 2 for a code without an explanation. */
function rankOf(code: string): number {
  if (!isErrorCode(code)) return 2;
  return hasTrait(code, 'noCause') ||
    hasCode({ code }, 'ResourceNotFound', 'OperationFailed', 'UnexpectedError', '40613', '40925')
    ? 1
    : 0;
}

/** Replaces an unknown code, or a wrapper, by the code that its message identifies. */
function refined(mention: CodeMention, sentences: readonly RecognizedSentence[]): CodeMention {
  if (isErrorCode(mention.code) && !isWrapper(mention.code)) return mention;
  const sentence = sentences.find(({ at }) => isWithin(at, mention.message));
  return sentence ? { ...mention, code: sentence.code } : mention;
}

const isWithin = (at: number, message: Message | undefined) =>
  message !== undefined && at >= message.at && at < message.end;

/** Whether a position belongs to a mention or its message. */
function isInside(at: number, mention: CodeMention): boolean {
  return (at >= mention.at && at < mention.end) || isWithin(at, mention.message);
}
/** Each code once, at its first mention and with its first message. */
function distinct(mentions: readonly Found[]): readonly Found[] {
  const byCode = new Map<string, Found>();
  for (const mention of mentions) {
    const first = byCode.get(mention.code);
    if (!first?.message) byCode.set(mention.code, { ...mention, at: first?.at ?? mention.at });
  }
  return [...byCode.values()];
}

interface Surroundings {
  readonly facts: NearbyFacts;
  readonly resources: PastedResources;
  /** Positions of the failures, ascending. */
  readonly starts: readonly number[];
}

function details(text: string, { code, at, message }: Failing, { facts, resources, starts }: Surroundings) {
  const near = (places: NearbyFacts[keyof NearbyFacts]) => valueFor(places, at, starts);
  const status = near(facts.statuses);
  const requestId = near(facts.requestIds);
  const correlationId = near(facts.correlationIds);
  const id = near(facts.resourceIds) ?? facts.resourceIds[0]?.value;
  // With several failures, the text does not say which of them the operation belongs to.
  const operation = operationOf(starts.length > 1 ? '' : text, id, resources, message);
  return {
    code,
    message,
    isPasted: true,
    ...(status !== undefined && { status: Number(status) }),
    ...(requestId !== undefined && { requestId }),
    ...(correlationId !== undefined && { correlationId }),
    ...(operation !== undefined && { operation }),
  };
}
