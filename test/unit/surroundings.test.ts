import assert from 'node:assert/strict';
import { hostKind, surroundingsLog } from '../../src/core/errors/surroundings';

const known = {
  version: '0.1.0',
  vscode: '1.106.0',
  host: 'local, linux x64',
  cloud: 'AzureCloud',
  signIn: 'vscode',
  isReadOnly: false,
  filter: { subscriptions: 3, tenants: 2 },
  read: { accounts: 1, tenants: 4, subscriptions: 3, servers: 12, asOf: new Date('2026-11-25T16:40:10Z') },
};

describe('the surroundings of a failure', () => {
  it('are versions, settings, and counts', () => {
    assert.deepEqual(surroundingsLog(known).split('\n'), [
      'SQL Server Keys 0.1.0',
      '  VS Code        1.106.0',
      '  host           local, linux x64',
      '  cloud          AzureCloud',
      '  sign-in        vscode',
      '  read-only      off',
      '  filter         subscriptions: 3, tenants: 2',
      '  accounts       1',
      '  tenants        4',
      '  subscriptions  3',
      '  servers        12',
      '  as of          2026-11-25 16:40 UTC',
    ]);
  });

  it('say what is not known', () => {
    const unknown = { cloud: undefined, signIn: undefined, filter: undefined, read: undefined, isReadOnly: true };
    assert.deepEqual(
      surroundingsLog({ ...known, ...unknown })
        .split('\n')
        .slice(3),
      [
        '  cloud          invalid setting',
        '  sign-in        invalid setting',
        '  read-only      on',
        '  filter         off',
        '  accounts       not read yet',
        '  tenants        not read yet',
        '  subscriptions  not read yet',
        '  servers        not read yet',
      ],
    );
  });

  for (const [remoteName, isWeb, kind] of [
    [undefined, false, 'local'],
    [undefined, true, 'web'],
    ['ssh-remote', false, 'ssh-remote'],
    ['codespaces', true, 'codespaces, web'],
    ['build01.contoso.example:8080', true, 'remote, web'],
    ['127.0.0.1:4000', false, 'remote'],
  ] as const) {
    it(`name the kind of host, but never its address: ${remoteName ?? 'none'}${isWeb ? ' (web)' : ''}`, () => {
      assert.equal(hostKind(remoteName, isWeb), kind);
    });
  }
});
