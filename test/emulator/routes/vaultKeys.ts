import { randomBytes } from 'node:crypto';
import { paged, type ArmRequest, type Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findVaultKey, newestVersion } from '../base/find';
import { same, thumbprintOf } from '../base/ids';
import { propertiesOf, recordOf, stringOf, tagsOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { KeyVersion, Vault, VaultKey } from '../base/state';
import { createVaultKeyRules, sizeOfNewKey, type CreateVaultKeyFacts } from '../rules/keyVaultRules';
import { sentRotationPolicy, toRotationPolicy } from '../rules/rotationPolicy';
import { requireVault, vaultKinds, vaultType } from './vaults';

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

const allOperations = (kty: string): string[] =>
  kty.startsWith('EC') ? ['sign', 'verify'] : ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];

const details = ({ kty, keySize, curveName, keyOps }: KeyVersion) => ({
  kty,
  ...(keySize !== undefined && { keySize }),
  ...(curveName !== undefined && { curveName }),
  keyOps: keyOps ?? allOperations(kty),
});

/** An item of a list, which has neither the type nor the size of the key. */
const summary = (vault: Vault, key: VaultKey, version: KeyVersion) => ({
  id: `${vault.id}/keys/${key.name}`,
  name: key.name,
  type: `${vaultType(vault.kind)}/keys`,
  ...(vault.kind === 'vault' && { location: vault.location }),
  ...(key.tags && { tags: key.tags }),
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
  const { properties, ...short } = toKey(vault, key, newest);
  const policy = key.rotationPolicy && { rotationPolicy: toRotationPolicy(key.rotationPolicy) };
  return ok({ ...short, properties: { ...properties, ...policy } });
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

function firstVersion(request: ArmRequest, facts: CreateVaultKeyFacts): KeyVersion {
  const { vault, name, kty } = facts;
  const { attributes, curveName, keyOps } = propertiesOf(request.body);
  const { enabled, nbf, exp } = recordOf(attributes);
  const seconds = Math.floor(request.now / 1000);
  const id = randomBytes(16).toString('hex');
  const keySize = sizeOfNewKey(facts);
  return {
    version: id,
    kty,
    ...(keySize !== undefined && { keySize }),
    ...(kty.startsWith('EC') && { curveName: stringOf(curveName) || 'P-256' }),
    ...(Array.isArray(keyOps) && { keyOps: keyOps.map(stringOf) }),
    enabled: enabled !== false,
    ...(typeof nbf === 'number' && { nbf }),
    ...(typeof exp === 'number' && { exp }),
    created: seconds,
    updated: seconds,
    thumbprint: thumbprintOf(`${vault.uri}/${name}/${id}`),
  };
}

/** Creates the first version of a key. As ARM documents, an existing key is returned unchanged. */
function put(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const name = request.params.key ?? '';
  if (!findVaultKey(vault, name)) {
    const { kty, keySize } = propertiesOf(request.body);
    const size = typeof keySize === 'number' ? keySize : undefined;
    const rotationPolicy = sentRotationPolicy(request.body, request.now);
    const tags = tagsOf(request.body);
    const facts = { vault, name, kty: stringOf(kty), keySize: size, rotationPolicy };
    refuseIfBroken(createVaultKeyRules, facts);
    const versions = [firstVersion(request, facts)];
    vault.keys.push({ name, versions, ...(tags && { tags }), ...(rotationPolicy && { rotationPolicy }) });
  }
  return get(request, kind);
}

export const vaultKeyRoutes: Route[] = vaultKinds.flatMap((kind): Route[] => {
  const type = `${vaultType(kind)}/keys`;
  const keys = `/subscriptions/:sub/resourceGroups/:group/providers/${vaultType(kind)}/:vault/keys`;
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
