import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../errors/errorCatalogue';
import { findServerKey } from '../creation/creation';
import type { Facts, Partner } from './facts';
import type { Finding } from '../errors/finding';
import { notChecked, type Check } from './check';
import type { Fix } from '../errors/fix';

const chain = 'SecurityAzureKeyVaultGeoChainError';
const missing: readonly ErrorCode[] = [
  'KeyMaterialNotFoundOnRemoteServer',
  'SameKeyMaterialNotFoundOnRemoteServer',
  'SameKeyUriNotFoundOnRemoteServer',
];

/** A secondary of a secondary is refused. Source: Azure SQL docs, active geo-replication. */
export const chainCheck: Check = ({ place, partners }) => {
  if (partners.error)
    return [notChecked(l10n.t('geo-replication of "{0}"', place.name), partners.error, [chain, ...missing])];
  const named = (role: Partner['role']) => partners.value.find((partner) => partner.role === role)?.name;
  const [primary, secondary] = [named('primary'), named('secondary')];
  if (primary === undefined || secondary === undefined || primary === secondary) {
    return [{ outcome: 'pass', text: l10n.t('"{0}" is in no chain of replicas', place.name), codes: [chain] }];
  }
  const text = l10n.t('"{0}" is a replica of "{1}" and has a replica itself, "{2}"', place.name, primary, secondary);
  const detail = l10n.t(
    'With customer-managed keys a replica of a replica of the same database is refused: end one of the two.',
  );
  return [{ outcome: 'warn', text, detail, codes: [chain] }];
};

/** Secondaries must have the key before their primary. Source: Azure SQL docs, TDE key rotation and geo-replication. */
export const replicasCheck: Check = (facts) => {
  const { place, partners, key } = facts;
  if (!partners.value || !key) return [];
  const secondaries = partners.value.filter(({ role }) => role === 'secondary');
  if (secondaries.length === 0) {
    return [
      { outcome: 'pass', text: l10n.t('"{0}" has no replicas that need the key first', place.name), codes: missing },
    ];
  }
  const without = secondaries.filter((partner) => holdsKey(facts, partner) === false);
  const unknown = secondaries.filter((partner) => holdsKey(facts, partner) === undefined);
  return [
    ...(without.length > 0 ? [lacking(facts, without)] : []),
    ...unknown.map(unreadable),
    ...(without.length + unknown.length === 0
      ? [{ outcome: 'pass' as const, text: l10n.t('Every replica of "{0}" has the key', place.name), codes: missing }]
      : []),
  ];
};

function holdsKey({ key }: Facts, { serverKeys }: Partner): boolean | undefined {
  return serverKeys?.value && key && findServerKey(serverKeys.value, key) !== undefined;
}

function lacking({ place, key, isNew, protector }: Facts, without: readonly Partner[]): Finding {
  const replicas = without.flatMap((partner) => partner.place ?? []);
  const canCreate = key && !isNew && replicas.length > 0;
  const fixes: Fix[] = canCreate ? [{ kind: 'createOnReplicas', replicas, key }] : [];
  const names = without.map(({ name }) => `"${name}"`).join(', ');
  return {
    outcome: protector.value?.autoRotation ? 'fail' : 'warn',
    text: l10n.t('The replicas of "{0}" do not have the key yet: {1}', place.name, names),
    detail: protector.value?.autoRotation
      ? l10n.t('With automatic rotation they need the key from the same vault. They come first, the primary last.')
      : l10n.t('They come first, the primary last. The same key restored in another vault would do too.'),
    codes: missing,
    fixes,
  };
}

function unreadable({ name, serverKeys }: Partner): Finding {
  const what = l10n.t('server keys of the replica "{0}"', name);
  return serverKeys?.error
    ? notChecked(what, serverKeys.error, missing)
    : {
        outcome: 'unknown',
        text: l10n.t('Could not be checked: {0}', what),
        detail: l10n.t('The replica is in no subscription that this sign-in sees.'),
        codes: missing,
      };
}
