import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { diagnose, diagnosisLog, notificationText } from '../../src/core/errors/diagnose';
import { diagnosisDocument } from '../../src/core/errors/diagnosisDocument';
import { asCode, asText } from '../../src/core/markdown';
import type { KeyVault } from '../../src/core/vaultModel';
import { checksDocument } from '../../src/core/checks/checksDocument';
import { commandOf, describeFix, requestFor, type AzureFix } from '../../src/core/checks/describeFix';
import { checkCreation, evidenceFor } from '../../src/core/checks/checkCreation';
import { publicCloud } from '../../src/core/clouds';
import type { Creation } from '../../src/core/creation/creation';
import {
  check,
  creation,
  good,
  now,
  place,
  principalId,
  problems,
  role,
  severalCauses,
  userAssigned,
  vault,
  vaultKey,
  withSettings,
} from './goodFacts';

describe('the checks before a creation', () => {
  it('pass if nothing is wrong', () => {
    assert.deepEqual(problems({}), []);
    assert.ok(check().length >= 16);
  });

  it('never pass if a fact could not be read, and name the missing permission', () => {
    const message = "does not have authorization to perform action 'Microsoft.X/y/read' over scope";
    const error = new ArmError({ code: 'AuthorizationFailed', status: 403, message });
    for (const fact of [
      'server',
      'serverKeys',
      'vault',
      'settings',
      'version',
      'roles',
      'partners',
      'operations',
      'locks',
      'permissions',
    ] as const) {
      const findings = check({ [fact]: { error } });
      const unknown = findings.filter(({ outcome }) => outcome === 'unknown');
      assert.ok(unknown.length > 0, fact);
      assert.match(unknown[0]?.detail ?? '', /"Microsoft.X\/y\/read"/, fact);
      assert.ok(!findings.some(({ outcome }) => outcome === 'fail'), fact);
      const open = new Set(unknown.flatMap(({ codes }) => codes));
      const passed = findings.filter(({ outcome }) => outcome === 'pass').flatMap(({ codes }) => codes);
      assert.deepEqual(
        passed.filter((code) => open.has(code) && !severalCauses.includes(code)),
        [],
        fact,
      );
    }
  });

  it('name commands that only inform "How to …", and fill in the account', () => {
    const changes: readonly Parameters<typeof check>[0][] = [
      { locks: { value: [{ name: 'keep', scope: place.id, level: 'readOnly' }] } },
      { version: { value: { ...vaultKey, enabled: false } } },
      { version: { value: { ...vaultKey, expires: new Date(0) } } },
      { vault: { value: undefined } },
      { permissions: { value: [] } },
    ];
    const world = { cloud: publicCloud, now, account: 'dba@contoso.com' };
    for (const facts of changes) {
      const fixes = checkCreation(creation, { ...good, ...facts }, world).flatMap((finding) => finding.fixes ?? []);
      const [first] = fixes.filter((fix) => fix.kind === 'runCommand');
      assert.match(first?.title ?? '', /^How to /);
      assert.doesNotMatch(first?.command ?? '<account>', /<account>/);
    }
  });

  it('report only the server if it no longer exists', () => {
    const error = new ArmError({ code: 'ResourceNotFound', status: 404, message: '' });
    const gone = { error };
    const facts = { server: gone, serverKeys: gone, operations: gone, locks: gone, permissions: gone };
    assert.deepEqual(problems(facts), ['fail: There is no server "sql-a" in resource group "rg (old)"']);
  });

  it('consider the permissions of roles, minus their exclusions, and of access policies', () => {
    const lacks = (what: string, on = 'key "tde"') => [`fail: "sql-a" lacks ${what} on the ${on} of "kv-a"`];
    const all = ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keys/*/action'];
    assert.deepEqual(problems({ roles: { value: [{ ...role, dataActions: all }] } }), []);
    const notDataActions = ['Microsoft.KeyVault/vaults/keys/wrap/action'];
    assert.deepEqual(problems({ roles: { value: [{ ...role, notDataActions }] } }), lacks('wrapKey'));
    assert.deepEqual(problems({ roles: { value: [] } }), lacks('get, wrapKey, unwrapKey'));
    const policies = (...keyPermissions: string[]) =>
      withSettings({ permissionModel: 'accessPolicies', accessPolicies: [{ objectId: principalId, keyPermissions }] });
    assert.deepEqual(problems(policies('all')), []);
    assert.deepEqual(problems(policies('get', 'list', 'unwrapkey')), lacks('wrapKey', 'keys'));
    assert.deepEqual(problems({ ...policies(), roles: { value: [role] } }), lacks('get, wrapKey, unwrapKey', 'keys'));
  });

  it('report the local roles of a managed HSM as not checked, and offer the command that assigns one', () => {
    const hsm: KeyVault = { ...vault, kind: 'managedHsm' };
    const findings = check({ vault: { value: hsm }, ...withSettings({ permissionModel: 'localRoles' }) });
    const [unknown, ...others] = findings.filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual([unknown?.outcome, others], ['unknown', []]);
    const [fix] = unknown?.fixes ?? [];
    assert.ok(fix?.kind === 'runCommand');
    assert.match(fix.command, new RegExp(`--hsm-name kv-a .*--assignee-object-id ${principalId} .*--scope /keys/tde$`));
  });

  it('use the primary user-assigned identity if any is assigned', () => {
    const userAssigned = [{ id: '/x/id-a', principalId }, { id: '/x/id-b' }];
    const server = (primaryUserAssigned?: string) => {
      const identity = { userAssigned, ...(primaryUserAssigned !== undefined && { primaryUserAssigned }) };
      return { server: { value: { ...place, identity } } };
    };
    assert.deepEqual(problems(server('/X/ID-A')), []);
    assert.deepEqual(problems(server('/x/id-b')), ['fail: The primary identity of "sql-a", "id-b", no longer exists']);
    assert.deepEqual(problems(server()), ['fail: "sql-a" has user-assigned identities, but none is set as primary']);
    const fixes = check(server()).flatMap((finding) => finding.fixes ?? []);
    assert.deepEqual(
      fixes.map((fix) => [fix.kind, commandOf(fix)]),
      [
        [
          'choosePrimaryIdentity',
          "az sql server update -g 'rg (old)' -n sql-a --primary-user-assigned-identity-id '<resource ID of the identity>'",
        ],
      ],
    );
  });

  it("warn about a version that is not the newest, because it can't become the TDE protector", () => {
    const newest = { value: { ...vaultKey, uri: `${vault.uri}/keys/tde/${'f'.repeat(32)}` } };
    assert.deepEqual(problems({ newest }), ['warn: "tde" has a newer version']);
  });

  it('offer to create the server key on replicas first, unless the key itself does not exist yet', () => {
    const partner = { name: 'sql-b', role: 'secondary' as const, place, serverKeys: { value: [] } };
    const fixes = (changes: Partial<Creation>) =>
      check({ partners: { value: [partner] } }, changes).flatMap(({ fixes: offered = [] }) =>
        offered.map(({ kind }) => kind),
      );
    assert.deepEqual(fixes({}), ['createOnReplicas']);
    assert.deepEqual(fixes({ isNew: true }), []);
  });

  it('report a network security perimeter as not checked', () => {
    assert.deepEqual(problems(withSettings({ firewall: 'perimeter' })), [
      'unknown: Could not be checked: the network security perimeter of "kv-a"',
    ]);
  });

  it('report the permissions of an application in another tenant as not checked', () => {
    const identity = { userAssigned: [{ id: '/x/id-a', principalId }], primaryUserAssigned: '/x/id-a' };
    const server = { value: { ...place, identity, federatedClientId: 'app-1' } };
    assert.deepEqual(problems({ server }), []);
    const abroad = { server, ...withSettings({ tenantId: 'other' }), roles: { value: [] } };
    assert.deepEqual(problems(abroad), ['unknown: Could not be checked: permissions of an application on "kv-a"']);
    assert.deepEqual(
      check(abroad).flatMap(({ fixes = [] }) => fixes),
      [],
    );
  });

  it('never use an application with the system-assigned identity', () => {
    const server = { value: { ...place, federatedClientId: 'app-1' } };
    assert.match(problems({ server, roles: { value: [] } }).join(), /^fail: "sql-a" lacks/);
  });
});

describe('evidence', () => {
  const asUser = { ...place, identity: userAssigned };
  const findings = check({ roles: { value: [] }, ...withSettings({ purgeProtection: false }) });

  it('lists what was found, ruled out, and not checked for a code', () => {
    const { found, ruledOut, unchecked } = evidenceFor('AzureKeyVaultMissingPermissions', findings);
    assert.deepEqual(
      [found, ruledOut, unchecked].map((all) => all.map(({ text }) => text)),
      [
        ['"sql-a" lacks get, wrapKey, unwrapKey on the key "tde" of "kv-a"'],
        ['The firewall of "kv-a" is off', 'The key "tde" is suitable for TDE'],
        [],
      ],
    );
  });

  it('tells on what each finding rests, or why it could not be checked', () => {
    const error = new ArmError({ code: 'UmiMissingAkvPermissions', message: '' });
    const refused = { error: new ArmError({ code: 'AuthorizationFailed', message: '' }) };
    const found = check({ ...withSettings({ firewall: 'on' }), roles: refused, server: { value: asUser } });
    const text = diagnosisDocument([{ ...diagnose(error), evidence: evidenceFor(error.code, found) }]);
    assert.match(text, /- The firewall of "kv-a" blocks Azure SQL · documented by Microsoft\. It is on/);
    assert.match(text, /- Could not be checked: access of "id-a" to the key · Your account/);
  });

  it('lists every problem for a code that no check covers', () => {
    assert.equal(evidenceFor('SomethingNew', findings).found.length, 2);
    assert.deepEqual(evidenceFor('SomethingNew', findings).ruledOut, []);
  });

  it('is complete in the log; the notification shows only what was found', () => {
    const error = new ArmError({ code: 'AzureKeyVaultMissingPermissions', message: '' });
    const evidence = evidenceFor(error.code, findings);
    const diagnosis = { ...diagnose(error), evidence, commands: [{ text: 'az x' }] };
    assert.equal(
      notificationText(diagnosis),
      'Server key not created: "sql-a" lacks get, wrapKey, unwrapKey on the key "tde" of "kv-a".',
    );
    assert.match(
      diagnosisLog(diagnosis),
      /found +"sql-a" lacks get.* · read now\n +ruled out +The firewall.*\n.*\n +fix /,
    );
    assert.match(diagnosisLog(diagnosis), /command +az x\n/);
    const text = diagnosisDocument([diagnosis], ['sql-a']);
    assert.match(text, /\*\*Found now\*\*\n\n- "sql-a" lacks get.* · read now\. The vault/);
    assert.match(text, /```sh\naz x\n```/);
  });
});

describe('a fix', () => {
  const was = { serverKeyName: 'ServiceManaged', type: 'serviceManaged', autoRotation: false } as const;
  const serverKey = { id: '', name: 'kv-a_tde', type: 'customerManaged', uri: vaultKey.uri } as const;
  const grantee = { principalId, principalName: 'sql-a', vault };
  const fixes: readonly [AzureFix, RegExp][] = [
    [{ kind: 'assignIdentity', server: place }, /^az sql server update -g 'rg \(old\)' -n sql-a --assign_identity$/],
    [
      {
        kind: 'setPrimaryIdentity',
        server: { ...place, identity: { userAssigned: [{ id: '/x/id-a' }], primaryUserAssigned: '/x/id-a' } },
        identity: { id: '/x/id-b', name: 'id-b', resourceGroup: 'rg', subscriptionId: 's' },
      },
      /'userAssignedIdentities':\{'\/x\/id-a':\{\},'\/x\/id-b':\{\}\}\},'properties':\{'primaryUserAssignedIdentityId':'\/x\/id-b'\}/,
    ],
    [{ kind: 'grantRole', ...grantee, scope: `${vault.id}/keys/tde` }, /--scope '\/subscriptions\/.*\/keys\/tde'$/],
    [
      { kind: 'addAccessPolicy', ...grantee, tenantId: 't', missing: ['wrapKey'] },
      /^az rest --method put --url '\/subscriptions\/.*\/accessPolicies\/add\?.*'keys':\['wrapKey'\]/,
    ],
    [
      { kind: 'registerProvider', subscriptionId: 'sub', namespace: 'Microsoft.Sql' },
      /^az provider register -n Microsoft\.Sql --wait --subscription sub$/,
    ],
    [{ kind: 'enablePurgeProtection', vault }, /--enable-purge-protection true$/],
    [{ kind: 'allowTrustedServices', vault }, /--bypass AzureServices$/],
    [
      { kind: 'setProtector', server: place, key: serverKey, autoRotation: true, was },
      /^az sql server tde-key set -g 'rg \(old\)' -s sql-a -t AzureKeyVault --kid https\S+ --auto-rotation-enabled true$/,
    ],
    [{ kind: 'revalidateProtector', server: place }, /^az sql server tde-key revalidate -g 'rg \(old\)' -s sql-a$/],
  ];

  it('keeps user-assigned identities in the command that assigns another', () => {
    const server = { ...place, identity: { userAssigned: [{ id: '/x/id-a' }, { id: '/x/id-b' }] } };
    assert.equal(
      describeFix({ kind: 'assignIdentity', server }).command,
      `az rest --method patch --url '${place.id}?api-version=2023-08-01' --body ` +
        `"{'identity':{'type':'SystemAssigned,UserAssigned','userAssignedIdentities':{'/x/id-a':{},'/x/id-b':{}}}}"`,
    );
  });

  for (const [fix, command] of fixes) {
    it(`says what it changes, and whether it can be undone: ${fix.kind}`, () => {
      const words = describeFix(fix);
      assert.match(words.question, /"(sql-a|kv-a|tde|Microsoft\.Sql)".*\?$/);
      assert.match(words.detail, /Can(?:'t)? be undone|nothing to undo/);
      assert.equal(words.detail.includes("Can't be undone"), fix.kind === 'enablePurgeProtection');
      assert.match(words.command, command);
      const request = requestFor(fix, 'It fails.');
      assert.match(request, /^Please .*"(sql-a|kv-a|tde|Microsoft\.Sql)".*\.\n/);
      assert.ok(request.includes(words.command) && request.includes('Why: It fails.'), request);
    });
  }
});

describe('a document', () => {
  it('shows external text literally, never as Markdown', () => {
    assert.equal(
      asText('<b>[x](command:y)</b> | a_b * `c`\n# d'),
      '&lt;b>\\[x\\](command:y)&lt;/b> \\| a\\_b \\* \\`c\\` \\# d',
    );
    assert.equal(asCode('a\n```\nb'), '````sh\na\n```\nb\n````');
  });

  it('about checks lists problems first, with the commands that fix them', () => {
    const findings = check(withSettings({ purgeProtection: false }));
    const text = checksDocument('sql-a', [{ title: 'kv-a_tde', findings }], now);
    assert.match(text, /Checked at 2026-11-24 12:00 UTC/);
    const [first] = text.split('\n').filter((line) => /^\| [✗⚠?✓]/u.test(line));
    assert.match(
      first ?? '',
      /^\| ⚠ warning \| Purge protection of "kv-a" is off \|.*\| seen in Azure, not documented \|$/,
    );
    assert.match(text, /az keyvault update -n kv-a --enable-purge-protection true/);
  });
});
