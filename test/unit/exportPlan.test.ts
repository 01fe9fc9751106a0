import assert from 'node:assert/strict';
import { parse } from '@cdktn/hcl2json';
import type { Steps } from '../../src/core/export/exported';
import { forms } from '../../src/core/export/forms';
import type { TdeProtector } from '../../src/core/model';
import type { PlanServer } from '../../src/core/plan/rotationGroup';
import { rotationPlan, type RotationPlan, type Step } from '../../src/core/plan/rotationPlan';
import { azArguments } from '../generated/azArguments';
import { parserOf } from './grammars';

const version = '9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const uriOf = (name: string) => `https://kv-a.vault.azure.net/keys/${name}/${version}`;
const versionless = 'https://kv-a.vault.azure.net/keys/next';
const keyName = `kv-a_next_${version}`;

const protector: TdeProtector = {
  type: 'customerManaged',
  serverKeyName: `kv-a_old_${version}`,
  uri: uriOf('old'),
  autoRotation: true,
};

function server(name: string, group = 'rg', subscription = '1'): Omit<PlanServer, 'partners'> {
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Sql/servers/${name}`;
  const key = { ...protector, id: `${id}/keys/old`, name: protector.serverKeyName };
  return { server: { id, name, resourceGroup: group, subscriptionId: subscription }, keys: [key], protector };
}

const alone = (key = uriOf('next')): RotationPlan => rotationPlan([{ ...server('a'), partners: [] }], key, true);

/** A primary and its replica. */
function pair(primary = server('p'), replica = server('r'), key = uriOf('next')): RotationPlan {
  return rotationPlan(
    [
      { ...primary, partners: [{ name: replica.server.name, role: 'secondary' }] },
      { ...replica, partners: [{ name: primary.server.name, role: 'primary' }] },
    ],
    key,
    true,
  );
}

const hostile = "x'y\"z$a`b\\c\n$(reboot)${d}$${e}%{f}%%{g}''\u2019\u2028";
const hostilePair = () => pair(server(hostile, hostile, hostile), server(`r${hostile}`, hostile, '2'));

/** A primary and its replica, each with a new key in its own vault. */
function twoVaults(): RotationPlan {
  const [first, other] = pair().servers;
  assert.ok(first && other);
  const own = { server: other.server.id, keyIdentifier: `https://kv-b.vault.azure.net/keys/next/${version}` };
  return rotationPlan([first, other], uriOf('next'), true, [own]);
}

/** The server keys that a restore needs. */
function keysForRestore(): Steps {
  const { server: target } = server('a');
  const steps = ['one', 'two'].map((name): Step => ({
    kind: 'createServerKey',
    server: target,
    keyIdentifier: uriOf(name),
  }));
  return { first: target, servers: [{ server: target }], steps };
}

/** One plan of each kind. */
const plans: Readonly<Record<string, () => Steps>> = {
  'one server': () => alone(),
  'a pair': () => pair(),
  'a pair with a vault for each server': twoVaults,
  'a key without a version': () => alone(versionless),
  'a managed HSM': () => alone(`https://hsm-a.managedhsm.azure.net/keys/next/${version}`),
  'hostile names': hostilePair,
  'keys for a restore': keysForRestore,
};

function exported(title: string, plan: Steps) {
  const form = forms.find((one) => one.title === title) ?? assert.fail(title);
  return form.exportPlan(plan);
}

/** The lines that aren't comments. */
const code = (text: string): string[] => text.split('\n').filter((line) => !/^\s*(#|\/\/)/.test(line));

/** What is written between quotes, and the code without it. Fails if a string doesn't end where it has to. */
function strings(text: string, literal: RegExp, decode: (content: string) => string) {
  const found = [...text.matchAll(literal)].map(([whole]) => decode(whole.slice(1, -1)));
  return { found, rest: text.replace(literal, '') };
}

/** Resolves the escapes of Bicep. */
const unescaped = (content: string): string =>
  content.replace(/\\(?:u\{?([\da-f]+)\}?|.)/g, (escape: string, digits?: string) =>
    digits === undefined ? escape.slice(1) : String.fromCharCode(parseInt(digits, 16)),
  );

const bicepStrings = (text: string) =>
  strings(text, /'(?:[^'\\\n$]|\\(?:['\\$]|u\{[\da-f]+\})|\$(?!\{))*'/g, unescaped);

const powerShellStrings = (text: string) =>
  strings(text, /'(?:[^'\u2018-\u201b]|'{2}|\u2018{2}|\u2019{2}|\u201a{2}|\u201b{2})*'/g, (content) =>
    content.replace(/(['\u2018-\u201b])\1/g, '$1'),
  );

describe('a plan that is copied', () => {
  it('has the steps in the order of the plan in every form: server keys first, replicas before their primary', () => {
    for (const { title, exportPlan } of forms) {
      const { text } = exportPlan(pair());
      const titles = text.split('\n').filter((line) => /^\s*(#|\/\/) (Create|Compare|Make) /.test(line));
      assert.deepEqual(
        titles.map((line) => `${/\w+/.exec(line)?.[0] ?? ''} ${(line.match(/(?<=")\w(?=")/g) ?? []).join('')}`),
        ['Create r', 'Create p', 'Compare ', 'Make r', 'Make p'],
        title,
      );
      assert.ok(text.endsWith('\n'));
    }
  });

  it('says what each form needs, and what of this is only likely', () => {
    const notes = (plan: RotationPlan) => forms.map(({ exportPlan }) => exportPlan(plan).note);
    assert.deepEqual(notes(pair()), [
      'Copied for Azure CLI 2.45 or later.',
      'Copied for Azure PowerShell, which needs the module Az.Sql.',
      'Copied as REST requests with API version 2023-08-01, which Azure CLI sends.',
      'Copied as Bicep with API version 2023-08-01, to deploy to resource group "rg".',
      'Copied as Terraform, which needs the providers azurerm 5.2 and azapi 2.12.',
    ]);
    assert.deepEqual(notes(pair(undefined, undefined, versionless)), [
      'Copied for Azure CLI 2.84.0 or later.',
      'Copied for Azure PowerShell, which needs the module Az.Sql; for a key without a version, probably one of February 2026 or later.',
      'Copied as REST requests with API version 2024-11-01-preview, which Azure CLI sends.',
      'Copied as Bicep with API version 2024-11-01-preview, to deploy to resource group "rg".',
      'Copied as Terraform, which needs the provider azapi 2.12.',
    ]);
  });
});

describe('a plan that is copied, also with hostile names', () => {
  for (const [title, language] of [
    ['Azure CLI', 'bash'],
    ['REST', 'bash'],
    ['Azure PowerShell', 'powershell'],
    ['Bicep', 'bicep'],
  ] as const) {
    it(`is valid: ${title}`, async () => {
      const isValid = await parserOf(language);
      for (const [what, plan] of Object.entries(plans)) {
        const files = exported(title, plan()).text.split(/^(?=\/\/ \w+\.bicep$)/m);
        for (const text of files) assert.ok(isValid(text), `${what}: ${text}`);
      }
    });
  }
});

describe('a plan for Azure PowerShell', () => {
  it('is one script block that stops at a failure or different thumbprints, and changes the subscription if it has to', () => {
    const { text } = exported('Azure PowerShell', pair(server('p'), server('r', 'rg', '2')));
    const at = (name: string) => `-ResourceGroupName rg -ServerName ${name}`;
    const context = (id: number) => `$null = Set-AzContext -Subscription ${id} -Scope Process`;
    const get = (name: string) =>
      `$thumbprints += (Get-AzSqlServerKeyVaultKey ${at(name)} -KeyId ${uriOf('next')}).Thumbprint`;
    const set = (name: string) =>
      `Set-AzSqlServerTransparentDataEncryptionProtector ${at(name)} -Type AzureKeyVault -KeyId ${uriOf('next')} -AutoRotationEnabled $true -Force`;
    const inside = [
      `$ErrorActionPreference = 'Stop'`,
      ...[context(2), `Add-AzSqlServerKeyVaultKey ${at('r')} -KeyId ${uriOf('next')}`],
      ...[context(1), `Add-AzSqlServerKeyVaultKey ${at('p')} -KeyId ${uriOf('next')}`],
      ...['$thumbprints = @()', context(2), get('r'), context(1), get('p')],
      `if (@($thumbprints | Sort-Object -Unique).Count -ne 1) { throw 'The thumbprints differ.' }`,
      ...[context(2), set('r'), context(1), set('p')],
    ];
    assert.deepEqual(code(text), ['& {', ...inside.map((line) => `  ${line}`), '}', '']);
  });

  it('has hostile names only in verbatim strings', () => {
    const { found, rest } = powerShellStrings(code(exported('Azure PowerShell', hostilePair()).text).join('\n'));
    assert.ok(found.includes(hostile) && found.includes(`r${hostile}`));
    assert.doesNotMatch(rest, /reboot|['"\u2019`]/);
  });
});

describe('a plan as REST requests', () => {
  it('puts each resource with az, and reads whether Azure has made the change', () => {
    const id = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Sql/servers/a';
    const [key, current] = [`${id}/keys/${keyName}`, `${id}/encryptionProtector/current`].map(
      (one) => `${one}?api-version=2023-08-01`,
    );
    const body = `{'properties':{'serverKeyType':'AzureKeyVault',`;
    const query = ['--query', 'properties.uri', '-o', 'tsv'];
    assert.deepEqual(azArguments([exported('REST', alone()).text]), [
      ['rest', '--method', 'put', '--url', key, '--body', `${body}'uri':'${uriOf('next')}'}}`],
      ['rest', '--method', 'get', '--url', key, ...query],
      [
        ...['rest', '--method', 'put', '--url', current, '--body'],
        `${body}'serverKeyName':'${keyName}','autoRotationEnabled':True}}`,
      ],
      ['rest', '--method', 'get', '--url', current, ...query],
    ]);
  });

  it('encodes hostile names in addresses, so that no shell changes them', () => {
    const calls = azArguments([exported('REST', hostilePair()).text]);
    assert.equal(calls.length, 10);
    for (const { 4: url = '' } of calls) {
      assert.match(url, /^[\w/.()%?=-]+$/);
      assert.ok(decodeURIComponent(url).includes(`/servers/${url.includes('/servers/r') ? 'r' : ''}${hostile}/`));
    }
  });
});

describe('a plan as Bicep', () => {
  it('is one file for servers of one resource group, in which each resource waits for the one before', () => {
    assert.deepEqual(code(exported('Bicep', alone()).text), [
      `resource step1 'Microsoft.Sql/servers/keys@2023-08-01' = {`,
      `  name: 'a/${keyName}'`,
      '  properties: {',
      `    serverKeyType: 'AzureKeyVault'`,
      `    uri: '${uriOf('next')}'`,
      '  }',
      '}',
      '',
      `resource step2 'Microsoft.Sql/servers/encryptionProtector@2023-08-01' = {`,
      `  name: 'a/current'`,
      '  properties: {',
      `    serverKeyType: 'AzureKeyVault'`,
      `    serverKeyName: '${keyName}'`,
      '    autoRotationEnabled: true',
      '  }',
      ...['  dependsOn: [', '    step1', '  ]'],
      '}',
      '',
    ]);
  });

  it('has a module for each kind of step if the servers are in several resource groups', () => {
    const { text, note } = exported('Bicep', pair(server('p'), server('r', 'rg2', '2')));
    assert.match(note, /: 3 files, each under a comment with its name\.$/);
    assert.deepEqual(text.match(/^\/\/ \w+\.bicep$/gm), [
      '// main.bicep',
      '// serverKey.bicep',
      '// tdeProtector.bicep',
    ]);
    assert.deepEqual(text.match(/^module .*\n.*\n.*$/gm), [
      `module step1 'serverKey.bicep' = {\n  name: 'rotation-step1'\n  scope: resourceGroup('2', 'rg2')`,
      `module step2 'serverKey.bicep' = {\n  name: 'rotation-step2'\n  scope: resourceGroup('1', 'rg')`,
      `module step4 'tdeProtector.bicep' = {\n  name: 'rotation-step4'\n  scope: resourceGroup('2', 'rg2')`,
      `module step5 'tdeProtector.bicep' = {\n  name: 'rotation-step5'\n  scope: resourceGroup('1', 'rg')`,
    ]);
    assert.deepEqual(text.match(/(?<=dependsOn: \[\n {4})\w+/g), ['step1', 'step2', 'step4']);
    assert.match(text, /param name string\nparam uri string\n\n[^]* {4}uri: uri\n/);
  });

  it('has hostile names only in strings', () => {
    const { found, rest } = bicepStrings(code(exported('Bicep', hostilePair()).text).join('\n'));
    assert.ok(found.includes(hostile) && found.includes(`r${hostile}/current`));
    assert.doesNotMatch(rest, /reboot|['"\\$]/);
  });
});

describe('a plan as Terraform', () => {
  it('sets the TDE protector of one server with azurerm, which creates the server key', () => {
    const { text } = exported('Terraform', alone());
    assert.deepEqual(text.match(/^resource .*$/gm), [
      'resource "azurerm_mssql_server_transparent_data_encryption" "step2" {',
    ]);
    assert.match(text, /azurerm = \{\n {6}source {2}= "hashicorp\/azurerm"\n {6}version = "~> 5\.2"\n/);
    assert.match(text, /provider "azurerm" \{\n {2}features \{\}\n {2}subscription_id = "1"\n\}/);
    assert.doesNotMatch(text, /azapi|depends_on/);
  });

  it('creates the server keys of replicas with azapi first', () => {
    const { text } = exported('Terraform', pair());
    const protectorType = 'azurerm_mssql_server_transparent_data_encryption';
    assert.deepEqual(text.match(/^resource .*$/gm), [
      'resource "azapi_resource" "step1" {',
      'resource "azapi_resource" "step2" {',
      `resource "${protectorType}" "step4" {`,
      `resource "${protectorType}" "step5" {`,
    ]);
    assert.deepEqual(text.match(/(?<=depends_on = \[)[^\]]*/g), [
      'azapi_resource.step1',
      'azapi_resource.step2',
      `${protectorType}.step4`,
    ]);
  });

  it('creates server keys that no TDE protector uses with azapi', () => {
    const { text } = exported('Terraform', keysForRestore());
    assert.deepEqual(text.match(/^resource .*$/gm), [
      'resource "azapi_resource" "step1" {',
      'resource "azapi_resource" "step2" {',
    ]);
  });

  it('uses azapi for a key without a version or in a managed HSM, and for several subscriptions', () => {
    const inHsm = `https://hsm-a.managedhsm.azure.net/keys/next/${version}`;
    for (const plan of [alone(versionless), alone(inHsm), pair(server('p'), server('r', 'rg', '2'))]) {
      const { text } = exported('Terraform', plan);
      assert.match(text, /"azapi_resource" "step1"[^]*"azapi_update_resource" "step\d"[^]* = "current"/);
      assert.doesNotMatch(text, /azurerm/);
    }
  });

  it('is valid HCL, and has hostile names as values', async () => {
    for (const plan of Object.values(plans)) await parse('plan.tf', exported('Terraform', plan()).text);
    const hcl = (await parse('plan.tf', exported('Terraform', hostilePair()).text)) as {
      resource: Record<string, Record<string, { parent_id: string }[]>>;
    };
    const parents = Object.values(hcl.resource).flatMap((byName) => Object.values(byName).flat());
    // The parser shows a literal "${" as "$${".
    const shown = `/servers/r${hostile.replace(/[$%](?=\{)/g, '$&$&')}`;
    assert.equal(parents.filter(({ parent_id: parent }) => parent.endsWith(shown)).length, 2);
  });

  it('leaves a version alone that Azure SQL has replaced with a newer one', () => {
    const ignored = (plan: RotationPlan) => exported('Terraform', plan).text.match(/(?<=ignore_changes = \[)\w*/g);
    assert.deepEqual(ignored(alone()), ['key_vault_key_id']);
    assert.deepEqual(ignored(alone(versionless)), ['body', 'body']);
    assert.equal(ignored(rotationPlan([{ ...server('a'), partners: [] }], uriOf('next'), false)), null);
  });
});
