import assert from 'node:assert/strict';
import { azCommand } from '../../src/core/cli/commands';
import { quoteForSh } from '../../src/core/cli/shellWord';
import { catalogueCodes, commandForCode } from '../../src/core/errors/errorCatalogue';
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
  ReadOnly: 'a setting of VS Code',
  ChangeNotThere: 'only time helps',
  OutcomeUnknown: 'only reading again helps',
  UnexpectedError: 'a bug in the extension',
};

describe('the command for a code', () => {
  for (const code of catalogueCodes()) {
    it(`exists unless a reason is listed: ${code}`, () => {
      const command = commandForCode(code);
      assert.equal(command === undefined, code in codesWithoutCommand, `${code}: ${String(command)}`);
      if (command === undefined) return;
      assert.match(command, /^az [a-z]/);
      assert.doesNotMatch(command, /\{\w+\}|undefined/);
    });
  }

  it('exists for all documented codes except two that only need time', () => {
    assert.deepEqual(
      Object.keys(documentedCodes).filter((code) => commandForCode(code) === undefined),
      ['SubscriptionTooManyRequests', 'TooManyRequests'],
    );
  });

  it('does not exist for other texts', () => {
    for (const code of ['', 'Nonsense', 'constructor', '__proto__', 'toString']) {
      assert.equal(commandForCode(code), undefined, code);
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
    assert.match(of(), /^az role assignment create --role e147488a-.* --scope \/subscriptions\/s\/v$/);
    assert.equal(of('roles'), of());
    assert.equal(
      of('accessPolicies'),
      `az keyvault set-policy -n kv-orders --object-id ${principalId} --key-permissions get wrapKey unwrapKey`,
    );
    assert.match(of('localRoles'), /^az keyvault role assignment create --hsm-name kv-orders .* --scope \/keys\/tde$/);
    assert.equal(of(undefined, 'https://kv-orders.managedhsm.azure.net/keys/tde'), of('localRoles'));
    assert.equal(of('roles', 'https://kv-orders.managedhsm.azure.net/keys/tde'), of('roles'));
  });

  it('uses the options for managed HSMs where they differ', () => {
    for (const code of catalogueCodes()) {
      const command = commandForCode(code, { permissionModel: 'localRoles', vault: 'hsm-contoso' });
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
