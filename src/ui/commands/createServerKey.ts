import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { keyIn } from '../../core/keys/keyChoice';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { SqlServer } from '../../core/model';
import type { KeyIdentifier, NewKey, VaultKey } from '../../core/vaultModel';
import type { Services } from '../services';
import type { CreateServerKeyAnswers } from '../wizard/answers';
import { createServerKeyPrompts } from '../wizard/createServerKeyPrompts';
import { rememberKeys } from '../wizard/recentKeys';
import { refuseSynapse } from '../wizard/refuseSynapse';
import { rememberVault } from '../wizard/vaultPrompt';
import { runWizard } from '../wizard/runWizard';
import { createConfirmed } from '../creation/createConfirmed';
import type { Handler } from './handler';
import { serversOf } from './targets';

/** Asks the open questions, creates the server keys, and shows the results. */
export const createServerKey: Handler = (services) => async (context, args) => {
  const servers = await serversOf(services, args);
  await askAndCreate(services, context, servers.length > 0 ? { servers } : {}, {});
};

/** Creates a server key that is to be the TDE protector, and goes on with the questions about that. */
export async function createProtector(services: Services, context: IActionContext, server: SqlServer): Promise<void> {
  await askAndCreate(services, context, { servers: [server], asProtector: 'next' }, {});
}

/** Asks for consent in the summary to create server keys for known keys. */
export async function createFor(
  services: Services,
  context: IActionContext,
  given: Pick<CreateServerKeyAnswers, 'servers' | 'asProtector'>,
  ...keys: readonly KeyIdentifier[]
): Promise<void> {
  await askAndCreate(services, context, { ...given, source: 'paste', keys: keys.map((id) => ({ id })) }, {});
}

/** Checks a key for a server. Asks the questions of Create Server Key, shows every check in the summary, and creates nothing. */
export const checkKey: Handler = (services) => async (context, args) => {
  const { row } = args;
  const servers = await serversOf(services, args);
  const parsed = row?.kind === 'serverKey' ? parseKeyIdentifier(row.key.uri ?? '', services.cloud()) : undefined;
  await askAndCreate(
    services,
    context,
    {
      checkOnly: true,
      ...(servers.length > 0 && { servers }),
      ...(parsed?.ok && { source: 'paste', keys: [{ id: parsed.key }] }),
    },
    {},
  );
};

/**
 * Asks the questions that are not answered yet and creates the server keys that the user confirms; Check Key creates none.
 * @param earlier answers to offer first
 */
async function askAndCreate(
  services: Services,
  context: IActionContext,
  given: CreateServerKeyAnswers,
  earlier: CreateServerKeyAnswers,
): Promise<void> {
  if (!given.checkOnly) refuseSynapse(services, given.servers ?? []);
  const prompts = createServerKeyPrompts(services);
  const answers = await runWizard(context, { title: titleFor, given, earlier, prompts });
  const { confirmed = [], newKey, vault } = answers;
  if (vault) await rememberVault(services, vault.id);
  if (confirmed.length > 0)
    await rememberKeys(
      services,
      confirmed.map(({ key }) => key),
    );
  if (given.checkOnly) return;
  await createConfirmed(services, {
    creations: confirmed,
    newKey,
    asProtector: given.asProtector,
    askAgain: (from) => askAndCreate(services, context, answersBefore(from, answers), earlierFor(from, answers)),
  });
}

/** A question to ask again. "pinnedVersion" asks for the version in a cloud that refuses versionless key identifiers. */
type AskedAgain = 'key' | 'version' | 'pinnedVersion' | 'newKeyName';

/** The answers before a question. A pasted key identifier contains both key and version. */
function answersBefore(question: AskedAgain, answers: CreateServerKeyAnswers): CreateServerKeyAnswers {
  const kept = { ...answers };
  delete kept.keys;
  delete kept.newKeyName;
  delete kept.newKey;
  delete kept.newKeyExpiry;
  delete kept.newKeyVersion;
  delete kept.confirmed;
  // The server key failed, so the key is in its vault now.
  if (answers.newKey && question !== 'newKeyName') kept.keyChoice = { kind: 'one', key: created(answers.newKey) };
  if (question === 'key' || kept.likely) {
    delete kept.keyChoice;
    delete kept.several;
    delete kept.likely;
    if (kept.source === 'likely') delete kept.source;
  }
  return question === 'pinnedVersion' ? { ...kept, versionlessRefused: true } : kept;
}

const created = ({ vault, name }: NewKey): VaultKey => ({
  name,
  uri: formatKeyIdentifier(keyIn(vault, name)),
  enabled: true,
});

/** The answers to offer first. A key that didn't work is offered last. */
function earlierFor(question: AskedAgain, answers: CreateServerKeyAnswers): CreateServerKeyAnswers {
  const avoided = answers.confirmed?.[0]?.key;
  return question === 'newKeyName' || avoided === undefined ? answers : { ...answers, avoided };
}

/** Names the command and the servers, as soon as they are known. */
function titleFor({ checkOnly, servers: [first, ...others] = [] }: CreateServerKeyAnswers): string {
  if (!first) return checkOnly ? l10n.t('Check Key') : l10n.t('Create Server Key');
  if (others.length === 0) {
    return checkOnly ? l10n.t('Check Key for "{0}"', first.name) : l10n.t('Create Server Key on "{0}"', first.name);
  }
  return checkOnly
    ? l10n.t('Check Key for {0} Servers', others.length + 1)
    : l10n.t('Create Server Keys on {0} Servers', others.length + 1);
}
