import * as l10n from '@vscode/l10n';
import type { ArmError, Operation } from '../armError';
import { printedLine, type PrintedCommand } from '../cli/commands';
import { findingText, type Evidence } from './finding';
import type { CatalogueRow, CatalogueTexts, RetryMode } from './catalogueRow';
import { catalogueRow, codeOf, hasTrait } from './errorCatalogue';
import { logEntry, type LabeledFact } from './logEntry';
import { fixSupport } from './rows/commonTexts';
import { accountName, operationNames, resourceLabel, messageNames } from './operationNames';
import { redactSecrets } from './redact';
import { oneLine } from '../text';

/** What a failure means for the user. What looks like a credential is removed from every text. */
export interface Diagnosis {
  readonly code: string;
  /** A heading of a few words. */
  readonly title: string;
  /** One sentence that names the resource, if the operation has one. */
  readonly what: string;
  readonly cause: string;
  /** What to do, as imperative sentences, the most promising first. */
  readonly steps: readonly string[];
  readonly retryMode: RetryMode;
  /** The user has to sign in, or to sign in with a second factor, before a retry can succeed. */
  readonly asksForSignIn: boolean;
  /** Whether signing in, again or with another account, may help. */
  readonly signInHelps: boolean;
  readonly link?: string;
  /** The message from Azure, on one line. */
  readonly serviceMessage: string;
  readonly status?: number;
  /** True when the operation was accepted and failed later. */
  readonly inResult?: boolean;
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly operation?: Operation;
  /** Which causes apply right now; absent if nothing was checked. */
  readonly evidence?: Evidence;
  /** The commands that fix the cause or show more about it; one for each kind of vault if the kind is unknown. */
  readonly commands?: readonly PrintedCommand[];
}

/**
 * Explains a failure by its code alone, because Azure sends the same code with different statuses and messages. A code that is not in
 * the catalogue is explained by the service's own message, and the class of its status decides whether a retry makes sense.
 */
export function diagnose(error: ArmError): Diagnosis {
  const { status, inResult, isPasted = false } = error;
  const { code, message, requestId, correlationId, operation } = redacted(error);
  const row = catalogueRow(code);
  const serviceMessage = oneLine(message);
  return {
    code,
    ...(row
      ? known(row, operation, serviceMessage, isPasted)
      : unknown({ code, status, requestId, isPasted }, serviceMessage)),
    retryMode: row?.retryMode ?? retryModeOf(status),
    asksForSignIn: hasTrait(code, 'signIn'),
    signInHelps: hasTrait(code, 'signIn') || hasTrait(code, 'otherSignIn'),
    ...(row?.page !== undefined && { link: `https://learn.microsoft.com/${row.page}` }),
    serviceMessage,
    ...(status !== undefined && { status }),
    ...(inResult !== undefined && { inResult }),
    ...(requestId !== undefined && { requestId }),
    ...(correlationId !== undefined && { correlationId }),
    ...(operation !== undefined && { operation }),
  };
}

/** The texts of a failure, any of which may quote a request. */
function redacted({ code, message, requestId, correlationId, operation }: ArmError) {
  return {
    code: redactSecrets(codeOf(code)),
    message: redactSecrets(message),
    requestId: requestId === undefined ? undefined : redactSecrets(requestId),
    correlationId: correlationId === undefined ? undefined : redactSecrets(correlationId),
    operation: operation && { ...operation, resource: redactSecrets(operation.resource) },
  };
}

/** Whether a link leads to a page of Microsoft's documentation and can stand in Markdown. */
export function isDocumentation(link: string | undefined): link is string {
  return link !== undefined && /^https:\/\/learn\.microsoft\.com\/[\w./?=&#%-]*$/.test(link);
}

/** The failure on one line, for a notification: what happened and why. */
export function notificationText({ what, cause, evidence, operation }: Diagnosis): string {
  const [found] = evidence?.isSuspicion ? [] : (evidence?.found ?? []);
  if (!found) return `${sentence(what)} ${cause}`;
  const text = sentence(found.text);
  switch (operation?.name) {
    case 'set TDE protector':
    case 'set TDE protector of database':
      return l10n.t('TDE protector not changed: {0}', text);
    case 'add key to database':
      return l10n.t('Database key not added: {0}', text);
    case 'revalidate TDE protector':
      return l10n.t('TDE protector not revalidated: {0}', text);
    case 'revalidate database':
      return l10n.t('Database key not revalidated: {0}', text);
    case undefined:
    default:
      return l10n.t('Server key not created: {0}', text);
  }
}

function sentence(text: string): string {
  return /[.!?…。！？]$/u.test(text) ? text : `${text}.`;
}

/** The failure as a log entry: a headline, then one line for each known fact. */
export function diagnosisLog(diagnosis: Diagnosis): string {
  const { operation } = diagnosis;
  const subject = operation ? [operation.name, resourceLabel(operation.resource)] : [diagnosis.title];
  return logEntry(subject.map(oneLine).join('  ').trimEnd(), logFacts(diagnosis));
}

function logFacts(diagnosis: Diagnosis): readonly LabeledFact[] {
  const { what, cause, steps, serviceMessage, requestId, correlationId, link, evidence, commands = [] } = diagnosis;
  const texts = (findings: Evidence['found'] = []) => findings.map(findingText);
  const ids = [
    requestId && l10n.t('request {0}', requestId),
    correlationId && l10n.t('correlation {0}', correlationId),
  ];
  return [
    [l10n.t('code'), codeAndStatus(diagnosis)],
    [l10n.t('what'), what],
    [l10n.t('cause'), cause],
    ...labeled(evidence?.isSuspicion ? l10n.t('possible causes') : l10n.t('found'), texts(evidence?.found)),
    ...labeled(l10n.t('ruled out'), texts(evidence?.ruledOut)),
    ...labeled(l10n.t('not checked'), texts(evidence?.unchecked)),
    ...labeled(l10n.t('fix'), steps),
    ...labeled(l10n.t('command'), commands.map(printedLine)),
    [l10n.t('message'), serviceMessage && `"${serviceMessage}"`],
    [l10n.t('IDs'), ids.filter(Boolean).join(', ')],
    [l10n.t('documentation'), link ?? ''],
  ];
}

/** Labels the first text only. */
function labeled(label: string, texts: readonly string[]): readonly LabeledFact[] {
  return texts.map((text, i) => [i === 0 ? label : '', text]);
}

/** Leaves out the status of a failed operation: it is 200, which would mislead. */
function codeAndStatus({ code, status, inResult }: Diagnosis): string {
  if (inResult) return l10n.t("{0} (in the operation's result)", code);
  return status === undefined ? code : `${code} (${status})`;
}

/** The texts of a row. If `what` has no place for the known name, the name is appended. */
function known(
  row: CatalogueRow,
  operation: Operation | undefined,
  serviceMessage: string,
  isPasted: boolean,
): CatalogueTexts {
  const named = operationNames(operation);
  const texts = row.texts({
    ...named,
    ...messageNames(serviceMessage, named),
    says: serviceMessage,
    account: isPasted ? accountName(serviceMessage) : undefined,
  });
  const isNamed = Object.values(named).some((name) => name !== '' && texts.what.includes(name));
  return isNamed ? texts : { ...texts, what: texts.what.replace(/[.。]?$/u, (stop: string) => named.about + stop) };
}

function unknown(
  {
    code,
    status,
    requestId,
    isPasted,
  }: { code: string; status: number | undefined; requestId: string | undefined; isPasted: boolean },
  serviceMessage: string,
): CatalogueTexts {
  return {
    title: l10n.t('Failed with code {0}', code),
    what:
      serviceMessage ||
      (isPasted
        ? l10n.t('The text has the code {0}, but no message next to it.', code)
        : l10n.t('Azure returned the code {0} without a message.', code)),
    cause:
      status === undefined
        ? l10n.t('This extension has no explanation for the code {0}.', code)
        : l10n.t('This extension has no explanation for the code {0}, received with status {1}.', code, status),
    steps: requestId === undefined ? [] : [fixSupport()],
  };
}

function retryModeOf(status: number | undefined): RetryMode {
  return status !== undefined && (status === 429 || status >= 500) ? 'auto' : 'afterFix';
}
