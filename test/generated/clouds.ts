import assert from 'node:assert/strict';
import fc from 'fast-check';
import { resolveCloud, vaultAt } from '../../src/core/clouds';
import { property } from './property';
import { hostileText, soon } from './texts';

const address = fc.oneof(
  fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'https://management.local.azurestack.external',
    'https://management.local.azurestack.external//',
    'https://user@a',
    'https://user:secret@a/b',
    'https:a',
    'HTTPS://A/B/',
    'javascript:alert(1)',
    'https://a\\b',
    'https://[::1]:8443/arm',
    '',
    null,
    7,
  ),
  hostileText,
);
const suffix = fc.oneof(
  fc.domain(),
  fc.constantFrom('.vault.local', 'VAULT.LOCAL', 'net', 'a..b', '', null, 7),
  hostileText,
);
const custom = fc.oneof(
  fc.record(
    {
      name: fc.oneof(hostileText, fc.constant(1)),
      resourceManagerEndpointUrl: address,
      activeDirectoryEndpointUrl: address,
      activeDirectoryResourceId: address,
      portalUrl: address,
      keyVaultDnsSuffix: suffix,
      managedHsmDnsSuffix: suffix,
    },
    { requiredKeys: ['resourceManagerEndpointUrl', 'activeDirectoryEndpointUrl', 'portalUrl'] },
  ),
  fc.jsonValue(),
);
const environment = fc.oneof(
  { arbitrary: fc.constant('custom'), weight: 6 },
  { arbitrary: fc.constantFrom('', 'ChinaCloud', 'USGovernment', null, undefined, 'AzureCloud'), weight: 1 },
  { arbitrary: fc.jsonValue(), weight: 1 },
);

export const clouds = [
  property(
    'give a cloud with https addresses and DNS suffixes, or a sentence that says what is wrong',
    8000,
    fc.tuple(environment, custom),
    ([chosen, described]) => {
      const resolution = soon(() => resolveCloud(chosen, described));
      if ('problem' in resolution) {
        assert.match(resolution.problem, /^The setting microsoft-sovereign-cloud\.\w+/);
        return;
      }
      const { cloud } = resolution;
      for (const url of [cloud.resourceManager, cloud.authority, cloud.portal]) {
        const { protocol, username, password, search, hash } = new URL(url);
        assert.deepEqual([protocol, username, password, search, hash], ['https:', '', '', '', '']);
        assert.doesNotMatch(url, /\/$/);
      }
      assert.match(cloud.scope, /^[a-z][a-z0-9+.-]*:[^\s?#]*[^/\s?#]\/\.default$/i);
      for (const [kind, suffixes] of [
        ['vault', cloud.vaultSuffixes],
        ['managedHsm', cloud.managedHsmSuffixes],
      ] as const) {
        for (const each of suffixes) {
          assert.equal(new URL(`https://kv.${each}`).host, `kv.${each}`);
          assert.ok(['vault', kind].includes(vaultAt(`kv.${each}`, cloud)?.kind ?? ''));
        }
      }
    },
  ),
];
