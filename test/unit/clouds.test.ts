import assert from 'node:assert/strict';
import { builtInClouds, chinaCloud, publicCloud, resolveCloud, usGovernmentCloud } from '../../src/core/clouds';

const custom = {
  name: 'Contoso Cloud',
  portalUrl: 'https://portal.contoso.example/',
  resourceManagerEndpointUrl: 'https://management.contoso.example/',
  activeDirectoryEndpointUrl: 'https://login.contoso.example/adfs/',
  activeDirectoryResourceId: 'https://management.contoso.example/audience/',
  keyVaultDnsSuffix: '.Vault.contoso.example',
  managedHsmDnsSuffix: 'hsm.contoso.example',
};

function resolved(environment: unknown, customEnvironment?: unknown) {
  const result = resolveCloud(environment, customEnvironment);
  assert.ok('cloud' in result, 'problem' in result ? result.problem : '');
  return result.cloud;
}

function problem(environment: unknown, customEnvironment?: unknown): string {
  const result = resolveCloud(environment, customEnvironment);
  assert.ok('problem' in result);
  return result.problem;
}

describe('the cloud in the settings', () => {
  it('is the public cloud if nothing or an empty value is set', () => {
    for (const unset of [undefined, null, '']) assert.equal(resolved(unset, custom), publicCloud);
  });

  it('is the sovereign cloud that is set', () => {
    assert.equal(resolved('ChinaCloud'), chinaCloud);
    assert.equal(resolved('USGovernment'), usGovernmentCloud);
  });

  it('is refused if VS Code does not offer it, with a message that shows it', () => {
    assert.match(problem('GermanCloud'), /microsoft-sovereign-cloud\.environment.*"GermanCloud"/);
    assert.match(problem({}), /microsoft-sovereign-cloud\.environment/);
    assert.match(problem('constructor'), /"constructor"/);
  });

  // Sources: @azure/ms-rest-azure-env, which VS Code uses; for managed HSMs Az PowerShell, and for China also docs.azure.cn.
  it('has the addresses that Microsoft publishes', () => {
    assert.deepEqual(builtInClouds, [
      {
        name: 'AzureCloud',
        resourceManager: 'https://management.azure.com',
        authority: 'https://login.microsoftonline.com',
        scope: 'https://management.azure.com/.default',
        portal: 'https://portal.azure.com',
        vaultSuffixes: ['vault.azure.net'],
        managedHsmSuffixes: ['managedhsm.azure.net'],
      },
      {
        name: 'AzureChinaCloud',
        resourceManager: 'https://management.chinacloudapi.cn',
        authority: 'https://login.chinacloudapi.cn',
        scope: 'https://management.chinacloudapi.cn/.default',
        portal: 'https://portal.azure.cn',
        vaultSuffixes: ['vault.azure.cn'],
        managedHsmSuffixes: ['managedhsm.azure.cn', 'managedhsm.chinacloudapi.cn'],
      },
      {
        name: 'AzureUSGovernment',
        resourceManager: 'https://management.usgovcloudapi.net',
        authority: 'https://login.microsoftonline.us',
        scope: 'https://management.usgovcloudapi.net/.default',
        portal: 'https://portal.azure.us',
        vaultSuffixes: ['vault.usgovcloudapi.net'],
        managedHsmSuffixes: ['managedhsm.usgovcloudapi.net'],
      },
    ]);
  });
});

describe('a custom cloud', () => {
  it('takes its addresses from the setting, without trailing slashes', () => {
    assert.deepEqual(resolved('custom', custom), {
      name: 'Contoso Cloud',
      resourceManager: 'https://management.contoso.example',
      authority: 'https://login.contoso.example/adfs',
      scope: 'https://management.contoso.example/audience/.default',
      portal: 'https://portal.contoso.example',
      vaultSuffixes: ['vault.contoso.example'],
      managedHsmSuffixes: ['hsm.contoso.example'],
    });
  });

  it('keeps the port, for example of a cloud on this computer', () => {
    const cloud = resolved('custom', { ...custom, resourceManagerEndpointUrl: 'https://localhost:9555/' });
    assert.equal(cloud.resourceManager, 'https://localhost:9555');
  });

  it('has the public vault suffixes and the resource manager as audience by default', () => {
    const { name, keyVaultDnsSuffix, managedHsmDnsSuffix, activeDirectoryResourceId, ...rest } = custom;
    assert.ok(name && keyVaultDnsSuffix && managedHsmDnsSuffix && activeDirectoryResourceId);
    const cloud = resolved('custom', rest);
    assert.equal(cloud.name, 'custom');
    assert.equal(cloud.scope, 'https://management.contoso.example/.default');
    assert.deepEqual(cloud.vaultSuffixes, ['vault.azure.net']);
    assert.deepEqual(cloud.managedHsmSuffixes, ['managedhsm.azure.net']);
  });

  it('names the setting that is missing', () => {
    for (const field of ['resourceManagerEndpointUrl', 'activeDirectoryEndpointUrl', 'portalUrl']) {
      assert.match(problem('custom', { ...custom, [field]: undefined }), new RegExp(`must include ${field}\\.`));
    }
    for (const nothing of [undefined, null, 'x', []])
      assert.match(problem('custom', nothing), /customEnvironment must be an object/);
  });

  it('accepts only https addresses without credentials, query, and fragment', () => {
    const bad = [
      'http://a.example',
      'a.example',
      'https://u:p@a.example',
      'https://u@a.example',
      'https://a.example/?x=1',
      'https://a.example/#x',
      5,
    ];
    for (const field of ['resourceManagerEndpointUrl', 'activeDirectoryEndpointUrl', 'portalUrl']) {
      for (const value of bad) {
        assert.match(problem('custom', { ...custom, [field]: value }), new RegExp(`${field} must be an https URL`));
      }
    }
  });

  it('refuses a suffix that would match any host', () => {
    for (const value of ['.', 'net', 'vault.*', 'https://vault.example', 'a b.c', 7]) {
      assert.match(
        problem('custom', { ...custom, keyVaultDnsSuffix: value }),
        /keyVaultDnsSuffix must be a DNS suffix/,
      );
      assert.match(problem('custom', { ...custom, managedHsmDnsSuffix: value }), /managedHsmDnsSuffix must be/);
    }
  });

  it('refuses an audience that is not an address', () => {
    for (const value of ['two words', 7, 'https://a.example/?q']) {
      assert.match(
        problem('custom', { ...custom, activeDirectoryResourceId: value }),
        /activeDirectoryResourceId must/,
      );
    }
  });
});
