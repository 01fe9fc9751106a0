import * as l10n from '@vscode/l10n';
import { findServerKey, type Creation } from '../creation/creation';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { Fix } from '../errors/fix';
import { notChecked, type Check } from './check';
import type { Facts, Partner } from './facts';

const chain = 'SecurityAzureKeyVaultGeoChainError';
const missing: readonly ErrorCode[] = [
  'KeyMaterialNotFoundOnRemoteServer',
  'SameKeyMaterialNotFoundOnRemoteServer',
  'SameKeyUriNotFoundOnRemoteServer',
];

/** Is the server a replica that has a replica itself? Source: Azure SQL docs, active geo-replication. */
export const chainCheck: Check = ({ server }, { partners }) => {
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

/** Do all replicas have the key? They need it before the primary. Source: Azure SQL docs, TDE key rotation and geo-replication. */
export const replicasCheck: Check = (creation, facts) => {
  const { name } = creation.server;
  if (!facts.partners.value) return [];
  const secondaries = facts.partners.value.filter(({ role }) => role === 'secondary');
  if (secondaries.length === 0) {
    return [{ outcome: 'pass', text: l10n.t('"{0}" has no replicas that need the key first', name), codes: missing }];
  }
  const without = secondaries.filter((partner) => hasKey(partner, creation) === false);
  const unknown = secondaries.filter((partner) => hasKey(partner, creation) === undefined);
  return [
    ...(without.length > 0 ? [lackingKey(creation, facts, without), ...unreadRotation(creation, facts)] : []),
    ...unknown.map(unreadable),
    ...(without.length + unknown.length === 0
      ? [{ outcome: 'pass' as const, text: l10n.t('Every replica of "{0}" has the key', name), codes: missing }]
      : []),
  ];
};

function hasKey({ serverKeys }: Partner, { key }: Creation): boolean | undefined {
  return serverKeys?.value && findServerKey(serverKeys.value, key) !== undefined;
}

function lackingKey({ server, key, isNew }: Creation, { protector }: Facts, without: readonly Partner[]): Finding {
  const replicas = without.flatMap((partner) => partner.place ?? []);
  const fixes: Fix[] = !isNew && replicas.length > 0 ? [{ kind: 'createOnReplicas', replicas, key }] : [];
  const names = without.map(({ name }) => `"${name}"`).join(', ');
  return {
    outcome: protector.value?.autoRotation ? 'fail' : 'warn',
    text: l10n.t('The replicas of "{0}" don\'t have the key yet: {1}', server.name, names),
    detail: protector.value?.autoRotation
      ? l10n.t(
          'With automatic rotation, replicas need the key from the same vault. Create the server key on the replicas first.',
        )
      : l10n.t('Create the server key on the replicas first. The same key, restored to another vault, also works.'),
    codes: missing,
    fixes,
  };
}

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
