import type { FastifyInstance, FastifyRequest } from 'fastify';
import { matchesAction, rolesAt } from '../arm/access';
import { errorBody, Refusal } from '../base/answer';
import type { Emulator } from '../base/emulator';
import { findPrincipal, findVaultKey, newestVersion } from '../base/find';
import { same } from '../base/ids';
import { recordOf, stringOf } from '../base/json';
import type { Vault, VaultKey } from '../base/state';
import { readToken } from '../directory/tokens';
import { backupOf, restoreTo } from './keyBackups';

/** The hosts of key vaults. A client reaches them by connecting to the emulator with such a Host header. */
const hosts = /^[a-z0-9-]+\.vault\.azure\.net(:\d+)?$/i;
const audience = 'https://vault.azure.net';

type Operation = 'backup' | 'restore';

/** The object ID of the caller; throws a Refusal if the token isn't one for vaults. */
function callerOf({ secret, state }: Emulator, authorization = ''): string {
  const claims = readToken(secret, authorization.replace(/^Bearer /i, ''));
  if (!claims || !findPrincipal(state, claims.oid)) {
    const challenge = `Bearer authorization="https://login.microsoftonline.com", resource="${audience}"`;
    throw new Refusal(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer token.', 'service', {
      'www-authenticate': challenge,
    });
  }
  if (claims.aud.replace(/\/$/, '') === audience) return claims.oid;
  throw new Refusal(401, 'Unauthorized', 'AKV10022: Invalid audience.');
}

/** Throws a Refusal unless the caller may back up or restore keys, by a role on the vault or by its access policy. */
function checkAccess({ state }: Emulator, vault: Vault, principalId: string, operation: Operation): void {
  const action = `Microsoft.KeyVault/vaults/keys/${operation}/action`;
  const isAllowed = vault.rbac
    ? rolesAt(state, principalId, vault.id)
        .flatMap(({ dataActions }) => dataActions)
        .some((pattern) => matchesAction(pattern, action))
    : vault.accessPolicies
        .filter(({ objectId }) => same(objectId, principalId))
        .flatMap(({ permissions }) => permissions.keys)
        .some((permission) => same(permission, operation) || same(permission, 'all'));
  if (isAllowed) return;
  throw new Refusal(403, 'Forbidden', `Caller is not authorized to perform action on resource. Action: '${action}'`);
}

function vaultOf({ state }: Emulator, { headers: { host = '' } }: FastifyRequest): Vault {
  const uri = `https://${host.replace(/:\d+$/, '')}`;
  const vault = state.vaults.find((one) => !one.deleted && same(one.uri, uri));
  if (!vault) throw new Refusal(404, 'VaultNotFound', `The vault at ${uri} does not exist.`);
  return vault;
}

function bundleOf(vault: Vault, key: VaultKey): object {
  const newest = newestVersion(key);
  return {
    key: { kid: `${vault.uri}/keys/${key.name}/${newest?.version ?? ''}`, kty: newest?.kty },
    attributes: { enabled: newest?.enabled, created: newest?.created, updated: newest?.updated },
  };
}

/** Serves what copies a key from one vault to another: backup and restore, with the data plane's own token and permissions. */
export function serveVaults(server: FastifyInstance, emulator: Emulator): void {
  server.setErrorHandler((error, _request, reply) => {
    const refusal = error instanceof Refusal ? error : new Refusal(400, 'BadParameter', String(error));
    void reply.code(refusal.status).headers(refusal.headers).send(errorBody(refusal.code, refusal.message));
  });
  const opened = (request: FastifyRequest, operation: Operation): Vault => {
    const caller = callerOf(emulator, request.headers.authorization);
    const vault = vaultOf(emulator, request);
    checkAccess(emulator, vault, caller, operation);
    return vault;
  };
  const constraints = { host: hosts };
  server.post<{ Params: { key: string } }>('/keys/:key/backup', { constraints }, (request) => {
    const vault = opened(request, 'backup');
    const key = findVaultKey(vault, request.params.key);
    if (!key) {
      const message = `A key with (name/id) ${request.params.key} was not found in this key vault.`;
      throw new Refusal(404, 'KeyNotFound', message);
    }
    return { value: backupOf(emulator.secret, vault, key) };
  });
  server.post('/keys/restore', { constraints }, (request) => {
    const vault = opened(request, 'restore');
    const body: unknown = JSON.parse(typeof request.body === 'string' ? request.body : '{}');
    const key = restoreTo(vault, emulator.secret, stringOf(recordOf(body).value));
    emulator.saveState();
    return bundleOf(vault, key);
  });
}
