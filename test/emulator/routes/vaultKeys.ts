import { randomBytes } from 'node:crypto';
import { ok, Refusal, type Answer } from '../arm/answer';
import { paged } from '../arm/page';
import type { ArmRequest, Route } from '../arm/route';
import { findVaultKey, newestVersion, same } from '../finders';
import { recordOf, stringOf } from '../json';
import { thumbprintOf } from '../seeds/derivedIds';
import type { KeyVersion, Vault, VaultKey } from '../state';
import { requireVault, vaultType } from './vaults';

function recoveryLevel({ softDelete, purgeProtection }: Vault): string {
  if (!softDelete) return 'Purgeable';
  return purgeProtection ? 'Recoverable' : 'Recoverable+Purgeable';
}

const attributes = (vault: Vault, { enabled, nbf, exp, created, updated }: KeyVersion) => ({
  enabled,
  ...(nbf !== undefined && { nbf }),
  ...(exp !== undefined && { exp }),
  created,
  updated,
  recoveryLevel: recoveryLevel(vault),
  exportable: false,
});

const details = ({ kty, keySize, curveName }: KeyVersion) => ({
  kty,
  ...(keySize !== undefined && { keySize }),
  ...(curveName !== undefined && { curveName }),
  keyOps: kty.startsWith('EC') ? ['sign', 'verify'] : ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
});

/** Lists show neither type nor size of a key; these take a GET of the key. */
const summary = (vault: Vault, key: VaultKey, version: KeyVersion) => ({
  id: `${vault.id}/keys/${key.name}`,
  name: key.name,
  type: `${vaultType(vault.kind)}/keys`,
  ...(vault.kind === 'vault' && { location: vault.location }),
  properties: { attributes: attributes(vault, version), keyUri: `${vault.uri}/keys/${key.name}` },
});

function toKey(vault: Vault, key: VaultKey, version: KeyVersion) {
  const short = summary(vault, key, version);
  const keyUriWithVersion = `${vault.uri}/keys/${key.name}/${version.version}`;
  return { ...short, properties: { ...short.properties, ...details(version), keyUriWithVersion } };
}

function toVersion(vault: Vault, key: VaultKey, version: KeyVersion) {
  return {
    ...toKey(vault, key, version),
    id: `${vault.id}/keys/${key.name}/versions/${version.version}`,
    name: version.version,
    type: `${vaultType(vault.kind)}/keys/versions`,
  };
}

const notFound = (name: string): Refusal =>
  new Refusal(404, 'KeyNotFound', `A key with (name/id) ${name} was not found in this key vault.`);

function requireKey(request: ArmRequest, vault: Vault): VaultKey {
  const key = findVaultKey(vault, request.params.key ?? '');
  if (!key) throw notFound(request.params.key ?? '');
  return key;
}

function list(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const items = vault.keys.flatMap((key) => {
    const newest = newestVersion(key);
    return newest ? [summary(vault, key, newest)] : [];
  });
  return paged(request, items);
}

function get(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const key = requireKey(request, vault);
  const newest = newestVersion(key);
  if (!newest) throw notFound(key.name);
  return ok(toKey(vault, key, newest));
}

function listVersions(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const key = requireKey(request, vault);
  const items = key.versions.map(({ ...version }) => {
    const full = toVersion(vault, key, version);
    const { attributes, keyUri, keyUriWithVersion } = full.properties;
    return { ...full, properties: { attributes, keyUri, keyUriWithVersion } };
  });
  return paged(request, items);
}

function getVersion(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const key = requireKey(request, vault);
  const version = key.versions.find((v) => same(v.version, request.params.version ?? ''));
  if (!version) throw notFound(`${key.name}/${request.params.version ?? ''}`);
  return ok(toVersion(vault, key, version));
}

/** Creates the first version of a key; an existing key is answered unchanged, as ARM documents. */
function put(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const name = request.params.key ?? '';
  const properties = recordOf(recordOf(request.body).properties);
  const kty = stringOf(properties.kty);
  if (kty === '') throw new Refusal(400, 'BadRequest', 'Property kty is missing.');
  if (!findVaultKey(vault, name)) {
    const seconds = Math.floor(request.now / 1000);
    const id = randomBytes(16).toString('hex');
    const version: KeyVersion = {
      version: id,
      kty,
      ...(kty.startsWith('RSA') && { keySize: typeof properties.keySize === 'number' ? properties.keySize : 2048 }),
      ...(kty.startsWith('EC') && { curveName: stringOf(properties.curveName) || 'P-256' }),
      enabled: recordOf(properties.attributes).enabled !== false,
      created: seconds,
      updated: seconds,
      thumbprint: thumbprintOf(`${vault.uri}/${name}/${id}`),
    };
    vault.keys.push({ name, versions: [version] });
  }
  return get(request, kind);
}

const kinds: { kind: Vault['kind']; name: string }[] = [
  { kind: 'vault', name: 'vaults' },
  { kind: 'managedHsm', name: 'managedHSMs' },
];

export const vaultKeyRoutes: Route[] = kinds.flatMap(({ kind, name }): Route[] => {
  const keys = `/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.KeyVault/${name}/:vault/keys`;
  const type = `${vaultType(kind)}/keys`;
  return [
    { method: 'GET', path: keys, type, handle: (request) => list(request, kind) },
    { method: 'GET', path: `${keys}/:key`, type, handle: (request) => get(request, kind) },
    { method: 'PUT', path: `${keys}/:key`, type, handle: (request) => put(request, kind) },
    {
      method: 'GET',
      path: `${keys}/:key/versions`,
      type: `${type}/versions`,
      handle: (request) => listVersions(request, kind),
    },
    {
      method: 'GET',
      path: `${keys}/:key/versions/:version`,
      type: `${type}/versions`,
      handle: (request) => getVersion(request, kind),
    },
  ];
});
