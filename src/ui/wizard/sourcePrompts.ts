import pMap from 'p-map';
import { l10n, ThemeIcon } from 'vscode';
import { sameId } from '../../core/armId';
import type { Cloud } from '../../core/clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { keySuitability } from '../../core/keys/keySuitability';
import { likelyKeys, type LikelyKey } from '../../core/keys/likelyKeys';
import { keyLabel, serverKeyName } from '../../core/keys/serverKeyName';
import type { SqlServer } from '../../core/model';
import type { KeyIdentifier, VaultKey } from '../../core/vaultModel';
import type { Services } from '../services';
import { chosenFirst, enterText, type Item } from '../quickPick';
import { needsVersion, required, targetsText, type CreateServerKeyAnswers, type Question } from './answers';
import { newestOf } from './chosenKeys';
import { pickLive, type Rows } from '../livePick';
import { recentKeys } from './recentKeys';
import { describeVaultKey, vaultKeyPicks } from './vaultKeyPicks';

/** Browsing, pasting, or one of the likely keys, which answers all questions up to the summary. */
type Source = { readonly kind: 'browse' | 'paste' } | { readonly kind: 'likely'; readonly likely: LikelyKey };

export const pickSource = (services: Services): Question => ({
  id: 'source',
  needed: ({ source }) => source === undefined,
  async ask(_, answers, { earlier, place }) {
    const targets = required(answers.servers);
    const cloud = services.cloud();
    const find = async (partners: readonly string[]): Promise<readonly LikelyKey[]> => {
      const { servers } = await services.inventory.get();
      const sources = { targets, servers, recent: recentKeys(services), partners, cloud };
      return likelyKeys(sources).filter(({ key }) => !isSameKeyName(key, earlier.avoided));
    };
    const rows = (keys: readonly LikelyKeyRead[], partners: readonly string[]): Rows<Source> => {
      const likely = suitableFirst(keys, cloud).map((one) =>
        likelyItem(one, describeUse(one, targets, partners), cloud),
      );
      return { items: chosenFirst([...likely, ...otherSources(answers)], (source) => isEarlier(source, earlier)) };
    };
    const chosen = await pickLive<Source>(services, place(), {
      placeHolder: l10n.t('Where is the key for {0}?', targetsText(answers)),
      loadingPlaceHolder: l10n.t('Loading SQL servers…'),
      load: async () => rows(await find([]), []),
      refine: async (signal) => {
        const partners = await partnersOf(services, targets, signal);
        return rows(await withFacts(services, await find(partners), signal), partners);
      },
    });
    answers.source = chosen.kind;
    if (chosen.kind === 'likely') answers.likely = chosen.likely;
  },
});

/** A likely key, and its newest version if that has been read. */
type LikelyKeyRead = LikelyKey & { readonly facts?: VaultKey };

/** Reads the newest version of each key. Nothing waits for it, and a key that can't be read stays as it is. */
function withFacts(
  services: Services,
  likely: readonly LikelyKey[],
  signal: AbortSignal,
): Promise<readonly LikelyKeyRead[]> {
  return pMap(likely, async (one) => {
    const { facts } = await newestOf(services, one, signal);
    return { ...one, ...(facts && { facts }) };
  });
}

/** A key that TDE can't use is not likely after all. */
const suitableFirst = (keys: readonly LikelyKeyRead[], cloud: Cloud): readonly LikelyKeyRead[] =>
  keys
    .map((one) => ({ one, suitable: !one.facts || keySuitability(one.facts, new Date(), cloud).suitable }))
    .sort((a, b) => Number(b.suitable) - Number(a.suitable))
    .map(({ one }) => one);

/** Names of the replication partners. Only the order of the rows depends on them, so nothing waits for them. */
async function partnersOf(
  { azure, inventory }: Services,
  [server, ...others]: readonly SqlServer[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (!server || others.length > 0) return [];
  const { servers } = await inventory.get();
  if (
    servers.every(({ id, listedProtector }) => sameId(id, server.id) || listedProtector?.type !== 'customerManaged')
  ) {
    return [];
  }
  const partners = await (await azure.get()).sqlServers.listGeoPartners(server, signal);
  return partners.map(({ name }) => name);
}

const isEarlier = (source: Source, { source: kind, likely }: Partial<CreateServerKeyAnswers>): boolean =>
  source.kind === 'likely' ? isSameKeyName(source.likely.key, likely?.key) : source.kind === kind;

const isSameKeyName = ({ host, name }: KeyIdentifier, other: KeyIdentifier | undefined): boolean =>
  sameId(host, other?.host) && sameId(name, other?.name);

function likelyItem(likely: LikelyKeyRead, use: string, cloud: Cloud): Item<Source> {
  const { facts } = likely;
  const label = keyLabel(serverKeyName(likely.key));
  const [read] = vaultKeyPicks(facts ? [facts] : [], () => label, cloud);
  return {
    label,
    iconPath: read?.iconPath ?? new ThemeIcon('key'),
    // Without the date of creation, which would be cut.
    description: facts ? describeVaultKey({ ...facts, created: undefined }, new Date()) : '',
    detail: [use, read?.detail].filter(Boolean).join(' · '),
    group: l10n.t('likely keys, newest version'),
    data: { kind: 'likely', likely },
  };
}

function describeUse({ servers }: LikelyKey, targets: readonly SqlServer[], partners: readonly string[]): string {
  const [first, ...others] = servers;
  if (!first) return l10n.t('recently used');
  if (partners.some((partner) => sameId(partner, first.name))) {
    return l10n.t('TDE protector of the replication partner "{0}"', first.name);
  }
  const [only, ...moreTargets] = targets;
  if (moreTargets.length === 0 && sameId(first.id, only?.id)) return l10n.t('TDE protector of this server');
  if (others.length === 0) return l10n.t('TDE protector of "{0}"', first.name);
  return others.length === 1
    ? l10n.t('TDE protector of "{0}" and 1 other server', first.name)
    : l10n.t('TDE protector of "{0}" and {1} other servers', first.name, others.length);
}

const otherSources = ({ database }: CreateServerKeyAnswers): Item<Source>[] => [
  {
    label: l10n.t('Browse key vaults…'),
    iconPath: new ThemeIcon('list-tree'),
    detail:
      database === undefined
        ? l10n.t('Choose the key vault or managed HSM, the key, and its version, or create a key')
        : l10n.t('Choose the key vault or managed HSM, the key, and its version'),
    group: l10n.t('all keys'),
    data: { kind: 'browse' },
  },
  {
    label: l10n.t('Paste a key identifier…'),
    iconPath: new ThemeIcon('link'),
    detail: l10n.t("For a key whose identifier you know, even in a vault that this account can't list"),
    group: l10n.t('all keys'),
    data: { kind: 'paste' },
  },
];

export const enterKeyIdentifier = ({ cloud }: Services): Question => ({
  id: 'keyIdentifier',
  needed: ({ source, keys }) => source === 'paste' && keys === undefined,
  async ask(ui, answers, { earlier }) {
    let key: KeyIdentifier | undefined;
    const check = (text: string) => {
      const result = parseKeyIdentifier(text, cloud());
      key = result.ok ? result.key : undefined;
      if (!result.ok) return result.message;
      return needsVersion(answers) && result.key.version === undefined
        ? l10n.t('After the key name, add a slash and the version.')
        : undefined;
    };
    const [before] = earlier.source === 'paste' ? (earlier.keys ?? []) : [];
    const options = {
      prompt: needsVersion(answers)
        ? l10n.t('Paste the key identifier, with its version, from the portal or Azure CLI.')
        : l10n.t(
            'Paste the key identifier from the portal or Azure CLI. Without a version, the latest is always used.',
          ),
      placeHolder: `https://myvault.${cloud().vaultSuffixes[0] ?? ''}/keys/mykey/0123456789abcdef0123456789abcdef`,
      ...(before && { value: formatKeyIdentifier(before.id) }),
    };
    await enterText(ui, options, check);
    if (key) answers.keys = [{ id: key }];
  },
});
