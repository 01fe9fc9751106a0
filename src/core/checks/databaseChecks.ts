import * as l10n from '@vscode/l10n';
import { databaseId } from '../armId';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { Fix } from '../errors/fix';
import type { SqlServer } from '../model';
import type { KeyIdentifier } from '../vaultModel';
import type { Azure } from '../ports';
import { lockCheck } from './callerChecks';
import { notChecked, type KeyUse, type World } from './check';
import { tryRead, type KeyUseFacts } from './facts';
import { effectiveIdentity } from './identityChecks';
import { checkKeyUse } from './keyUseChecks';
import { readKeyUse } from './readKeyUse';

/** A database, and the key that is or becomes its TDE protector. */
interface DatabaseKeyUse {
  readonly server: SqlServer;
  /** The name of the database. */
  readonly database: string;
  readonly key: KeyIdentifier;
}

/**
 * Reads whether a database can use a key as its own TDE protector.
 * @param subscriptionIds where to look for the vault
 */
export async function checkDatabaseKey(
  azure: Azure,
  { server, database: name, key }: DatabaseKeyUse,
  { subscriptionIds, ...world }: World & { readonly subscriptionIds: readonly string[] },
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const { tenantId } = server;
  const place = { id: databaseId(server, name), name, ...(tenantId !== undefined && { tenantId }) };
  const read = tryRead(azure.databaseKeys.get(server, name, signal), signal);
  const user = read.then((reading): KeyUseFacts['user'] =>
    reading.error ? reading : { value: { ...reading.value, ...place } },
  );
  const [{ value: database }, facts, locks] = await Promise.all([
    read,
    readKeyUse(azure, { user, key }, subscriptionIds, signal),
    tryRead(azure.access.listLocks(place.id, signal), signal),
  ]);
  return [
    ...lockCheck({ server: place }, { locks }),
    ...identityCheck(place, facts.user, database ? [{ kind: 'chooseDatabaseIdentity', server, database }] : []),
    ...checkKeyUse({ user: place, key }, facts, world),
  ];
}

const codes: readonly ErrorCode[] = ['AzureKeyVaultNoServerIdentity', 'AdalServicePrincipalNotFound'];

/** Does the database have an identity to access the vault? */
function identityCheck({ name }: KeyUse['user'], user: KeyUseFacts['user'], fixes: readonly Fix[]): readonly Finding[] {
  if (user.error) return [notChecked(l10n.t('identity of the database "{0}"', name), user.error, codes)];
  const identity = effectiveIdentity(user.value);
  if (!identity) {
    return [
      {
        outcome: 'fail',
        text: l10n.t('The database "{0}" has no user-assigned identity', name),
        detail: l10n.t("It needs one for its own TDE protector, and doesn't use those of its server."),
        basis: 'documented',
        codes,
        fixes,
      },
    ];
  }
  return identity.principalId === undefined
    ? [
        {
          outcome: 'fail',
          text: l10n.t('The identity of the database "{0}", "{1}", no longer exists', name, identity.name),
          codes,
        },
      ]
    : [
        {
          outcome: 'pass',
          text: l10n.t('"{0}" accesses the vault with the user-assigned identity "{1}"', name, identity.name),
          codes: ['AzureKeyVaultNoServerIdentity'],
        },
      ];
}
