import * as l10n from '@vscode/l10n';
import { lastSegment, parseArmId, sameId } from '../armId';
import { resourceLabel } from '../errors/operationNames';
import { serverKeyNameOf, serviceManagedKeyName, shortServerKeyName } from '../keys/serverKeyName';
import { asText } from '../markdown';
import { listed, oneLine, utcDay } from '../text';
import { serversOf, type Change, type DatabaseKind } from './change';
import type { Entry, Known } from './entry';

/** What an operation changes, for a list. */
export function describeChange(change: Change): string {
  const [first = '', second = ''] = resourceLabel(change.resource).split(' / ');
  const key = shortServerKeyName(second);
  switch (change.kind) {
    case 'createServerKeys':
      return l10n.t('Create {0} server keys', change.items?.length ?? 0);
    case 'runPlan':
      return l10n.t('Rotate the TDE protector of "{0}"', first);
    case 'createServerKey':
      return l10n.t('Create server key "{0}" on "{1}"', key, first);
    case 'deleteServerKey':
      return l10n.t('Delete server key "{0}" from "{1}"', key, first);
    case 'setProtector':
      return describeProtector(change, first, key);
    case 'revalidateProtector':
      return l10n.t('Revalidate the TDE protector of "{0}"', first);
    case 'assignDatabaseIdentity':
    case 'addDatabaseKey':
    case 'setDatabaseProtector':
    case 'revalidateDatabase':
    case 'revertDatabase':
      return describeDatabaseChange(change, change.kind, second, first);
    case 'createKey':
      return describeNewKey(change, second, first);
    case 'assignIdentity':
      return l10n.t('Assign an identity to "{0}"', first);
    case 'setPrimaryIdentity':
      return l10n.t('Set the primary identity of "{0}"', first);
    case 'registerProvider':
      return l10n.t('Register the resource provider "{0}"', lastSegment(change.resource));
    case 'grantRole':
      return l10n.t('Grant access to the key "{0}" in "{1}"', second, first);
    case 'addAccessPolicy':
      return l10n.t('Grant access to the keys of "{0}"', first);
    case 'enablePurgeProtection':
      return l10n.t('Turn on purge protection of "{0}"', first);
    case 'allowTrustedServices':
      return l10n.t('Allow trusted services through the firewall of "{0}"', first);
  }
}

function describeNewKey({ expires, rotates }: Change, key: string, vault: string): string {
  if (expires === undefined) return l10n.t('Create key "{0}" in "{1}"', key, vault);
  const date = utcDay(new Date(expires));
  return rotates
    ? l10n.t('Create key "{0}" in "{1}" that expires on {2} and has a rotation policy', key, vault, date)
    : l10n.t('Create key "{0}" in "{1}" that expires on {2}', key, vault, date);
}

function describeProtector({ autoRotation }: Change, server: string, key: string): string {
  if (sameId(key, serviceManagedKeyName)) {
    return l10n.t('Make the service-managed key the TDE protector of "{0}"', server);
  }
  return autoRotation
    ? l10n.t('Make "{0}" the TDE protector of "{1}" with automatic rotation', key, server)
    : l10n.t('Make "{0}" the TDE protector of "{1}" without automatic rotation', key, server);
}

const keyNameOf = ({ keyIdentifier = '' }: Change): string => shortServerKeyName(serverKeyNameOf(keyIdentifier));

function describeDatabaseChange(change: Change, kind: DatabaseKind, database: string, server: string): string {
  switch (kind) {
    case 'assignDatabaseIdentity':
      return l10n.t('Assign an identity to the database "{0}" on "{1}"', database, server);
    case 'addDatabaseKey':
      return l10n.t('Add "{0}" to the database "{1}" on "{2}"', keyNameOf(change), database, server);
    case 'setDatabaseProtector':
      return describeDatabaseProtector(change, database, server);
    case 'revalidateDatabase':
      return l10n.t('Revalidate the key of the database "{0}" on "{1}"', database, server);
    case 'revertDatabase':
      return l10n.t('Make the database "{0}" use the TDE protector of "{1}"', database, server);
  }
}

function describeDatabaseProtector(change: Change, database: string, server: string): string {
  const names = [database, server, keyNameOf(change)];
  return change.autoRotation
    ? l10n.t('Set the TDE protector of the database "{0}" on "{1}" to "{2}", with automatic rotation', ...names)
    : l10n.t('Set the TDE protector of the database "{0}" on "{1}" to "{2}", without automatic rotation', ...names);
}

/** The state of an operation in a few words, and its codicon. */
export function describeState({ entry, waits }: Known): { readonly words: string; readonly icon: string } {
  switch (entry.state) {
    case 'sent':
    case 'accepted':
      if (waits === 'nobody') return { words: l10n.t('interrupted, end not known yet'), icon: 'question' };
      if (entry.isUnwatched) return { words: l10n.t('stopped waiting, result not known yet'), icon: 'debug-pause' };
      return waits === 'thisWindow'
        ? { words: l10n.t('running'), icon: 'sync' }
        : { words: l10n.t('running in another window'), icon: 'sync' };
    case 'succeeded':
      return { words: l10n.t('done'), icon: 'pass' };
    case 'failed':
      if (entry.change.items) return { words: l10n.t('not complete'), icon: 'warning' };
      return entry.failure?.code === 'ChangeNotThere'
        ? { words: l10n.t("not done: the change isn't there"), icon: 'circle-slash' }
        : { words: l10n.t('failed: {0}', entry.failure?.code ?? ''), icon: 'error' };
    case 'unknown':
      return { words: l10n.t('result not known'), icon: 'question' };
    case 'stopped':
      return { words: l10n.t('stopped waiting, result not known'), icon: 'debug-pause' };
  }
}

/** What a read of the resource has shown, as a sentence. */
export function describeCheck({ state, change, failure }: Entry): string {
  const what = describeChange(change);
  if (state === 'succeeded') return l10n.t('Azure has made the change: {0}.', what);
  return failure?.code === 'ChangeNotThere'
    ? l10n.t('Azure has not made the change: {0}.', what)
    : l10n.t('The change failed with the code {0}: {1}.', failure?.code ?? '', what);
}

const keyIdentifiersOf = ({ keyIdentifier, items }: Change): readonly string[] =>
  items ? [...new Set(items.map((item) => item.keyIdentifier))] : keyIdentifier === undefined ? [] : [keyIdentifier];

/** IDs and addresses are to copy, not to open. */
type Fact = readonly [label: string, text: string | undefined, isId?: true];

/** Everything about an operation, without the signatures in its address. */
function factsOf(known: Known): readonly Fact[] {
  const { change, cloud, started, ended, failure, url } = known.entry;
  const time = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const facts: readonly Fact[] = [
    [l10n.t('State'), describeState(known).words],
    [l10n.t('Started'), time(started)],
    [l10n.t('Ended'), ended === undefined ? undefined : time(ended)],
    [l10n.t('Code'), failure?.code],
    [l10n.t('Message from Azure'), failure?.message],
    [l10n.t('SQL servers'), listed(serversOf(change).map(({ name }) => name))],
    [l10n.t('Key identifiers'), listed(keyIdentifiersOf(change)), true],
    [l10n.t('Principal'), change.principalId, true],
    [l10n.t('Key permissions'), change.keyPermissions?.join(', ')],
    [l10n.t('Resource ID'), change.resource, true],
    [l10n.t('Subscription'), parseArmId(change.resource).subscriptionId, true],
    [l10n.t('Azure Resource Manager'), cloud, true],
    [l10n.t('Operation ID'), url === undefined ? undefined : lastSegment(url.replace(/\?.*$/s, ''))],
  ];
  return facts.filter(([, text]) => text !== undefined && text !== '');
}

/** Markdown shows it unchanged, and not as a link. */
const asId = (text: string): string => `\`${oneLine(text).replaceAll('`', '')}\``;

/**
 * An operation as a Markdown document.
 * @param members the operations of a run, newest first
 */
export function operationDocument(known: Known, members: readonly Known[] = []): string {
  const facts = factsOf(known).map(([label, text = '', isId]) => `- **${label}:** ${isId ? asId(text) : asText(text)}`);
  const parts = members
    .toReversed()
    .map((one) => `- ${asText(describeChange(one.entry.change))}: ${asText(describeState(one).words)}`);
  return [
    `# ${asText(describeChange(known.entry.change))}`,
    facts.join('\n'),
    ...(parts.length > 0 ? [`## ${l10n.t('Changes')}`, parts.join('\n')] : []),
    '',
  ].join('\n\n');
}

/** An operation as plain text to copy. */
export function operationDiagnostics(known: Known): string {
  const facts = factsOf(known);
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const lines = facts.map(([label, text = '']) => `  ${label.padEnd(width)}${oneLine(text)}`);
  return [oneLine(describeChange(known.entry.change)), ...lines].join('\n');
}
