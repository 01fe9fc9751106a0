import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { findServerKey, type Creation } from '../creation/creation';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { Fix } from '../errors/fix';
import { formatKeyIdentifier } from '../keys/keyIdentifier';
import { isProtectorKey, isSameKey, isSameVaultKey } from '../keys/sameKey';
import type { ServerKey, TdeProtector } from '../model';
import { listed } from '../text';
import { notChecked, type Check, type ServerCheck } from './check';
import type { Facts, Partner, Reading } from './facts';

const chain = 'SecurityAzureKeyVaultGeoChainError';
const missing: readonly ErrorCode[] = [
  'KeyMaterialNotFoundOnRemoteServer',
  'SameKeyMaterialNotFoundOnRemoteServer',
  'SameKeyUriNotFoundOnRemoteServer',
];

/** Is the server a replica that has a replica itself? Source: Azure SQL docs, active geo-replication. */
export const chainCheck: ServerCheck = ({ server }, { partners }) => {
  if (partners.error) {
    return [notChecked(l10n.t('geo-replication of "{0}"', server.name), partners.error, [chain, ...missing])];
  }
  const nameOf = (role: Partner['role']) => partners.value.find((partner) => partner.role === role)?.name;
  const [primary, secondary] = [nameOf('primary'), nameOf('secondary')];
  if (primary === undefined || secondary === undefined || primary === secondary) {
    return [{ outcome: 'pass', text: l10n.t('"{0}" isn\'t part of a chain of replicas', server.name), codes: [chain] }];
  }
  const text = l10n.t('"{0}" is a replica of "{1}" and itself has the replica "{2}"', server.name, primary, secondary);
  const detail = l10n.t(
    "With customer-managed keys, Azure SQL doesn't support a replica of a replica of the same database. Remove one of the two.",
  );
  return [{ outcome: 'warn', text, detail, codes: [chain] }];
};

/**
 * Do all replicas have the key? Azure SQL accepts it as a server key anyway, and checks the replicas only when it becomes the TDE
 * protector. Sources: Azure SQL docs, TDE key rotation and geo-replication; issue 5377 of Azure Service Operator.
 */
export const replicasCheck: Check = (creation, facts, { run = [] }) => {
  const { name } = creation.server;
  if (!facts.partners.value) return [];
  const secondaries = facts.partners.value.filter(({ role }) => role === 'secondary');
  if (secondaries.length === 0) {
    return [{ outcome: 'pass', text: l10n.t('"{0}" has no replicas that need the key first', name), codes: missing }];
  }
  const getKey = secondaries.filter((partner) => run.some((other) => isCreatedOn(partner, creation, other)));
  const others = secondaries.filter((partner) => !getKey.includes(partner));
  const without = others.filter((partner) => hasKey(partner, creation, facts) === false);
  const unknown = others.filter((partner) => !partner.serverKeys?.value);
  return [
    ...(without.length > 0 ? [lackingKey(creation, facts, without), ...unreadRotation(creation, facts)] : []),
    ...unknown.map(unreadable),
    ...(without.length + unknown.length === 0
      ? [{ outcome: 'pass' as const, text: ready(name, getKey), codes: missing }]
      : []),
  ];
};

const ready = (name: string, getKey: readonly Partner[]): string =>
  getKey.length === 0
    ? l10n.t('Every replica of "{0}" has the key', name)
    : l10n.t(
        'The replicas of "{0}" have the key, or get it first: {1}',
        name,
        listed(getKey.map((one) => `"${one.name}"`)),
      );

/** Whether the run creates the same key on a partner. */
const isCreatedOn = ({ name }: Partner, { key }: Creation, { server, key: other }: Creation): boolean =>
  sameId(server.name, name) && sameId(formatKeyIdentifier(other), formatKeyIdentifier(key));

/** Azure shows thumbprints only of server keys, so a copy in another vault is found only if this server has the key already. */
function hasKey({ serverKeys: there }: Partner, { key }: Creation, facts: Facts): boolean | undefined {
  if (!there?.value) return undefined;
  if (findServerKey(there.value, key)) return true;
  const own = facts.serverKeys.value && findServerKey(facts.serverKeys.value, key);
  return (
    own !== undefined && facts.protector.value?.autoRotation === false && there.value.some((one) => isSameKey(one, own))
  );
}

function lackingKey({ server, key, isNew }: Creation, { protector }: Facts, without: readonly Partner[]): Finding {
  const replicas = without.flatMap((partner) => partner.place ?? []);
  const fixes: Fix[] = !isNew && replicas.length > 0 ? [{ kind: 'createOnReplicas', replicas, key }] : [];
  const names = listed(without.map(({ name }) => `"${name}"`));
  return {
    outcome: 'warn',
    text: l10n.t('The replicas of "{0}" don\'t have the key yet: {1}', server.name, names),
    detail: protector.value?.autoRotation
      ? l10n.t(
          'The key can become a server key, but the TDE protector only after the replicas have it. With automatic rotation, they need it from the same vault.',
        )
      : l10n.t(
          'The key can become a server key, but the TDE protector only after the replicas have it. The same key, restored to another vault, also works.',
        ),
    basis: 'seen',
    codes: missing,
    fixes,
  };
}

/**
 * Do this server and its partners have each other's TDE protector? Source: "Azure SQL Database: TDE and geo-replication with two
 * vaults", Azure database support blog, 2026.
 */
export const protectorsCheck: Check = ({ server: { name } }, { partners, protector, serverKeys }) => {
  const known = distinctPlaces(partners.value ?? []);
  const own = held(serverKeys, protector);
  return known.flatMap((partner) => {
    if (partner.protector?.error) {
      const fact = l10n.t('TDE protector of the replica "{0}"', partner.name);
      return [notChecked(fact, partner.protector.error, missing)];
    }
    const theirs = partner.serverKeys && partner.protector && held(partner.serverKeys, partner.protector);
    if (!own || !theirs) return [];
    return [
      ...(holds(own, theirs) ? [] : [lackingProtector(name, partner.name)]),
      ...(holds(theirs, own) ? [] : [lackingProtector(partner.name, name)]),
    ];
  });
};

/** A partner may be both a primary and a secondary, of different databases. */
const distinctPlaces = (partners: readonly Partner[]): readonly Partner[] =>
  partners.filter(({ name }, i) => partners.findIndex((other) => sameId(other.name, name)) === i);

/** The server keys of a server and its TDE protector, with the properties that its server key shows. */
interface Held {
  readonly keys: readonly ServerKey[];
  readonly protector: TdeProtector;
  readonly protectorKey: ServerKey | undefined;
}

function held(
  { value: keys }: Reading<readonly ServerKey[]>,
  { value: protector }: Reading<TdeProtector>,
): Held | undefined {
  return keys && protector && { keys, protector, protectorKey: keys.find((key) => isProtectorKey(key, protector)) };
}

/** Equal key material is enough; with automatic rotation, the key must come from the same vault. Every server has the service-managed key. */
function holds({ keys }: Held, { protector, protectorKey }: Held): boolean {
  if (protector.type === 'serviceManaged') return true;
  const isSame = protector.autoRotation ? isSameVaultKey : isSameKey;
  return keys.some((key) => isSame(key, protectorKey ?? protector));
}

const lackingProtector = (name: string, partner: string): Finding => ({
  outcome: 'warn',
  text: l10n.t('"{0}" doesn\'t have the key that is the TDE protector of "{1}"', name, partner),
  detail: l10n.t(
    "Each server needs the other one's TDE protector as a server key, and access to it. Otherwise, replication or a failover may fail.",
  ),
  basis: 'documented',
  codes: missing,
});

/** Without automatic rotation, a replica may have the same key from another vault. */
function unreadRotation({ server }: Creation, { protector }: Facts): readonly Finding[] {
  const fact = l10n.t('automatic rotation of the TDE protector of "{0}"', server.name);
  return protector.error ? [notChecked(fact, protector.error, missing)] : [];
}

function unreadable({ name, serverKeys }: Partner): Finding {
  const fact = l10n.t('server keys of the replica "{0}"', name);
  return serverKeys?.error
    ? notChecked(fact, serverKeys.error, missing)
    : {
        outcome: 'unknown',
        text: l10n.t('Could not be checked: {0}', fact),
        detail: l10n.t("The replica isn't in a subscription that your account can see."),
        codes: missing,
      };
}
