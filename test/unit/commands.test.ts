import assert from 'node:assert/strict';
import { azCommand, printedCommands } from '../../src/core/cli/commands';
import { quoteForSh } from '../../src/core/cli/shellWord';
import { catalogueCodes, commandsForCode } from '../../src/core/errors/errorCatalogue';
import { documentedCodes } from '../errorCodes';

const keyUri = 'https://kv-orders.vault.azure.net/keys/tde/9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const principalId = '7d1b0c52-3e6f-4f1a-8b6d-5a2c9e0f4d33';

/** Codes for which no Azure CLI command helps, and why. */
const codesWithoutCommand: Readonly<Record<string, string>> = {
  SubscriptionTooManyRequests: 'only time helps',
  TooManyRequests: 'only time helps',
  CannotCancelOperation: 'only time helps',
  ConflictingSubscriptionOperation: 'only time helps',
  Throttled: 'only time helps',
  Http429: 'only time helps',
  SubscriptionRequestsThrottled: 'only time helps',
  RateLimiting: 'only time helps',
  InternalServerError: 'Azure gives no cause',
  ServiceUnavailable: 'only time helps',
  GatewayTimeout: 'only time helps',
  RequestTimeout: 'only time helps',
  OperationFailed: 'Azure gives no cause',
  ConnectionFailed: 'az could not connect either',
  ProxyAuthenticationRequired: 'az could not connect either',
  CertificateNotTrusted: 'az could not connect either',
  UnexpectedAnswer: 'az could not connect either',
  UnexpectedHost: 'az could not connect either',
  InvalidAddress: 'az would send the same request',
  NotSignedIn: 'needs the sign-in of VS Code, not of az',
  TenantSignInRequired: 'needs the sign-in of VS Code, not of az',
  StepUpRequired: 'needs the sign-in of VS Code, not of az',
  SignInFailed: 'needs the sign-in of VS Code, not of az',
  SignInUnavailable: 'needs the sign-in of VS Code, not of az',
  CloudSetByWorkspace: 'a setting of the workspace',
  VersionlessNotSupported: 'another key identifier is needed',
  InvalidSettings: 'a setting of VS Code',
  ExtensionReadOnly: 'a setting of VS Code',
  ChangeNotThere: 'only time helps',
  StoppedBeforeSending: 'only time helps',
  OutcomeUnknown: 'only reading again helps',
  UnexpectedError: 'a bug in the extension',
  '33028': 'SQL Server on a machine',
  '33049': 'SQL Server on a machine',
  '33111': 'SQL Server on a machine',
};

describe('the command for a code', () => {
  for (const code of catalogueCodes()) {
    it(`exists unless a reason is listed: ${code}`, () => {
      const commands = commandsForCode(code);
      assert.equal(commands.length === 0, code in codesWithoutCommand, code);
      for (const { text } of commands) {
        assert.match(text, /^(az [a-z]|Invoke-Az)/);
        assert.doesNotMatch(text, /\{\w+\}|undefined/);
      }
    });
  }

  it('exists for all documented codes except two that only need time', () => {
    assert.deepEqual(
      Object.keys(documentedCodes).filter((code) => commandsForCode(code).length === 0),
      ['SubscriptionTooManyRequests', 'TooManyRequests'],
    );
  });

  it('does not exist for other texts', () => {
    for (const code of ['', 'Nonsense', 'constructor', '__proto__', 'toString']) {
      assert.deepEqual(commandsForCode(code), [], code);
    }
  });

  it('contains the known values, and placeholders for the others', () => {
    assert.equal(
      azCommand('createServerKey', { resourceGroup: 'rg-orders', server: 'sql-orders-weu', keyUri }),
      `az sql server key create -g rg-orders -s sql-orders-weu --kid ${keyUri}`,
    );
    assert.equal(
      azCommand('createServerKey', { server: 'sql-orders-weu', resourceGroup: '' }),
      "az sql server key create -g '<resource group>' -s sql-orders-weu --kid '<key identifier>'",
    );
    assert.equal(
      azCommand('createServerKeyOnPartner', { server: 'sql-orders-weu', resourceGroup: 'rg-orders', keyUri }),
      `az sql server key create -g '<resource group of the partner server>' -s '<partner server>' --kid ${keyUri}`,
    );
  });

  it('depends on the permission model of the vault', () => {
    const values = { vault: 'kv-orders', principalId, keyName: 'tde', vaultId: '/subscriptions/s/v' };
    const of = (permissionModel?: 'roles' | 'accessPolicies' | 'localRoles', uri?: string) =>
      azCommand('grantKeyAccess', {
        ...values,
        ...(permissionModel && { permissionModel }),
        ...(uri !== undefined && { keyUri: uri }),
      });
    assert.match(of(), /^az role assignment create --role e147488a-.* --scope \/subscriptions\/s\/v\/keys\/tde$/);
    assert.equal(of('roles'), of());
    assert.equal(
      of('accessPolicies'),
      "az rest --method put --url '/subscriptions/s/v/accessPolicies/add?api-version=2023-07-01' --body " +
        `"{'properties':{'accessPolicies':[{'tenantId':'<tenant>','objectId':'${principalId}','permissions':{'keys':['get','wrapKey','unwrapKey']}}]}}"`,
    );
    assert.match(of('localRoles'), /^az keyvault role assignment create --hsm-name kv-orders .* --scope \/keys\/tde$/);
    assert.equal(of(undefined, 'https://kv-orders.managedhsm.azure.net/keys/tde'), of('localRoles'));
    assert.equal(of('roles', 'https://kv-orders.managedhsm.azure.net/keys/tde'), of('roles'));
  });

  it('is given for both permission models if the one of the vault is unknown', () => {
    const [roles, policies, ...others] = printedCommands('grantKeyAccess');
    assert.deepEqual(others, []);
    assert.deepEqual(
      [roles?.note, policies?.note],
      ['For a key vault with Azure RBAC:', 'For a key vault with access policies:'],
    );
    assert.equal(policies?.text, azCommand('grantKeyAccess', { permissionModel: 'accessPolicies' }));
    assert.deepEqual(printedCommands('grantKeyAccess', { permissionModel: 'roles' }), [{ text: roles?.text }]);
    assert.deepEqual(
      printedCommands('showVault').map(({ note }) => note),
      [undefined],
    );
  });

  it('says what runs it if a usual Azure CLI does not', () => {
    const noteOf = (...args: Parameters<typeof printedCommands>) => printedCommands(...args)[0]?.note;
    assert.equal(noteOf('revalidateProtector'), 'In an Azure CLI later than 2.45:');
    assert.equal(noteOf('revalidateInstanceProtector'), 'In Azure PowerShell:');
    assert.equal(
      noteOf('createServerKey', { keyUri: 'https://kv-a.vault.azure.net/keys/tde' }),
      'In Azure CLI 2.84.0 or later:',
    );
    assert.equal(noteOf('createServerKey', { keyUri }), undefined);
    assert.equal(noteOf('enableVaultKey', { keyUri: 'https://kv-a.vault.azure.net/keys/tde' }), undefined);
  });

  it('revalidates the instance if only an instance is known', () => {
    const [command] = commandsForCode('40981', { resourceGroup: 'rg', instance: 'mi-a' });
    assert.equal(
      command?.text,
      'Invoke-AzSqlInstanceTransparentDataEncryptionProtectorRevalidation -ResourceGroupName rg -InstanceName mi-a',
    );
    assert.match(commandsForCode('40981', { instance: 'mi-a', server: 'sql-a' })[0]?.text ?? '', /^az sql server/);
  });

  it('keeps a value out of double quotes in which a shell would change it', () => {
    const of = (tenantId: string) => azCommand('grantKeyAccess', { tenantId, permissionModel: 'accessPolicies' });
    assert.match(of('t-1'), /'tenantId':'t-1'/);
    for (const tenantId of ['$(id)', '`id`', 'a"b', "a'b", 'a\\', '!1'])
      assert.match(of(tenantId), /'tenantId':'<tenant>'/);
  });

  it('uses the options for managed HSMs where they differ', () => {
    for (const code of catalogueCodes()) {
      const [command] = commandsForCode(code, { permissionModel: 'localRoles', vault: 'hsm-contoso' }).map(
        ({ text }) => text,
      );
      if (command?.includes('hsm-contoso')) assert.match(command, / --hsm-name hsm-contoso( |$)/, code);
    }
  });

  it('has a variant for access policies only where it differs', () => {
    assert.equal(
      azCommand('recoverVaultKey', { permissionModel: 'accessPolicies', vault: 'kv-a' }),
      "az keyvault key recover --vault-name kv-a -n '<key>'",
    );
  });
});

describe('a value in a command', () => {
  it('stays unquoted if a shell allows it', () => {
    for (const value of ['rg-orders', 'sql_1', keyUri, '/subscriptions/a/b.c', 'a@b.example', '2026-11-24T00:00:00Z']) {
      assert.equal(quoteForSh(value), value);
    }
  });

  it('is quoted otherwise', () => {
    assert.equal(quoteForSh('rg (old)'), "'rg (old)'");
    assert.equal(quoteForSh("it's"), String.raw`'it'\''s'`);
    assert.equal(quoteForSh(''), "''");
    assert.equal(
      azCommand('listLocks', { resourceGroup: 'a; rm -rf $HOME' }),
      "az lock list -g 'a; rm -rf $HOME' -o table",
    );
  });
});
