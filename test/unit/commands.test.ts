import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { azCommand, shellQuoted } from '../../src/core/cli/commands';
import { catalogueCodes, commandForCode } from '../../src/core/errors/errorCatalogue';
import { documentedCodes } from '../errorCodes';

const keyUri = 'https://kv-orders.vault.azure.net/keys/tde/9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const principalId = '7d1b0c52-3e6f-4f1a-8b6d-5a2c9e0f4d33';

/** Codes where no command of Azure CLI helps, and why. */
const without: Readonly<Record<string, string>> = {
  SubscriptionTooManyRequests: 'only waiting helps',
  TooManyRequests: 'only waiting helps',
  CannotCancelOperation: 'only waiting helps',
  ConflictingSubscriptionOperation: 'only waiting helps',
  Throttled: 'only waiting helps',
  Http429: 'only waiting helps',
  SubscriptionRequestsThrottled: 'only waiting helps',
  RateLimiting: 'only waiting helps',
  InternalServerError: 'Azure names no cause',
  ServiceUnavailable: 'only waiting helps',
  GatewayTimeout: 'only waiting helps',
  RequestTimeout: 'only waiting helps',
  OperationFailed: 'Azure names no cause',
  ConnectionFailed: 'az would not get through either',
  CertificateNotTrusted: 'az would not get through either',
  UnexpectedAnswer: 'az would not get through either',
  UnexpectedHost: 'az would not get through either',
  NotSignedIn: 'the sign-in of VS Code, not of az',
  TenantSignInRequired: 'the sign-in of VS Code, not of az',
  StepUpRequired: 'the sign-in of VS Code, not of az',
  SignInFailed: 'the sign-in of VS Code, not of az',
  SignInUnavailable: 'the sign-in of VS Code, not of az',
  CloudSetByWorkspace: 'a setting of the workspace',
  VersionlessNotSupported: 'another key identifier is needed',
  InvalidSettings: 'a setting of VS Code',
  ChangeNotThere: 'only waiting helps',
  UnexpectedError: 'a mistake of the extension',
};

describe('the command for a code', () => {
  for (const code of catalogueCodes()) {
    it(`is there, or has a reason not to be: ${code}`, () => {
      const command = commandForCode(code);
      assert.equal(command === undefined, code in without, `${code}: ${String(command)}`);
      if (command === undefined) return;
      assert.match(command, /^az [a-z]/);
      assert.doesNotMatch(command, /\{\w+\}|undefined/);
    });
  }

  it('is there for all documented codes but the two that only waiting helps against', () => {
    assert.deepEqual(
      Object.keys(documentedCodes).filter((code) => commandForCode(code) === undefined),
      ['SubscriptionTooManyRequests', 'TooManyRequests'],
    );
  });

  it('is not there for other words', () => {
    for (const code of ['', 'Nonsense', 'constructor', '__proto__', 'toString']) {
      assert.equal(commandForCode(code), undefined, code);
    }
  });

  it('has the values that are known, and blanks for the others', () => {
    assert.equal(
      azCommand('createServerKey', { resourceGroup: 'rg-orders', server: 'sql-orders-weu', keyUri }),
      `az sql server key create -g rg-orders -s sql-orders-weu --kid ${keyUri}`,
    );
    assert.equal(
      azCommand('createServerKey', { server: 'sql-orders-weu', resourceGroup: '' }),
      'az sql server key create -g <resource group> -s sql-orders-weu --kid <key identifier>',
    );
    assert.equal(
      azCommand('createServerKeyOnPartner', { server: 'sql-orders-weu', resourceGroup: 'rg-orders', keyUri }),
      `az sql server key create -g <resource group of the partner server> -s <partner server> --kid ${keyUri}`,
    );
  });

  it('goes by how the vault gives rights', () => {
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

  it('takes the options of a managed HSM where they differ', () => {
    for (const code of catalogueCodes()) {
      const command = commandForCode(code, { permissionModel: 'localRoles', vault: 'hsm-contoso' });
      if (command?.includes('hsm-contoso')) assert.match(command, / --hsm-name hsm-contoso( |$)/, code);
    }
  });

  it('takes access policies only where they differ from roles', () => {
    assert.equal(
      azCommand('recoverVaultKey', { permissionModel: 'accessPolicies', vault: 'kv-a' }),
      'az keyvault key recover --vault-name kv-a -n <key>',
    );
  });
});

describe('a value in a command', () => {
  it('stays as it is where a shell does not mind', () => {
    for (const value of ['rg-orders', 'sql_1', keyUri, '/subscriptions/a/b.c', 'a@b.example', '2026-11-24T00:00:00Z']) {
      assert.equal(shellQuoted(value), value);
    }
  });

  it('is put in quotes where it does', () => {
    assert.equal(shellQuoted('rg (old)'), "'rg (old)'");
    assert.equal(shellQuoted("it's"), String.raw`'it'\''s'`);
    assert.equal(shellQuoted(''), "''");
    assert.equal(
      azCommand('listLocks', { resourceGroup: 'a; rm -rf $HOME' }),
      "az lock list -g 'a; rm -rf $HOME' -o table",
    );
  });

  it('reaches the program as it was, whatever it is', () => {
    const values = fc
      .sample(fc.string({ unit: 'binary', minLength: 1 }), 200)
      .map((value) => value.replaceAll('\0', ''));
    const script = values.map((value) => `printf '%s\\0' ${shellQuoted(value)}`).join('\n');
    const said = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    assert.deepEqual(
      said,
      values.map((value) => Buffer.from(value).toString()),
    );
  });

  it('is nothing that a blank could be taken for: a shell stops at it', () => {
    const command = azCommand('listLocks').replace(/^az/, 'echo');
    assert.throws(() => execFileSync('sh', ['-c', command], { stdio: 'pipe' }));
  });
});
