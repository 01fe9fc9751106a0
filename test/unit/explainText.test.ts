import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicCloud } from '../../src/core/clouds';
import { diagnose, diagnosisLog } from '../../src/core/errors/diagnose';
import { catalogueCodes } from '../../src/core/errors/errorCatalogue';
import { documentedCodes } from '../errorCodes';
import { explainText } from '../../src/core/pastedErrors/explainText';
import { commandValues } from '../../src/core/pastedErrors/commandValues';
import { group, keyName, keyUri, server, texts } from './explainTexts';

const codesIn = (text: string) => explainText(text).failures.map(({ code }) => code);

describe('a pasted text', () => {
  for (const { tool, text, codes, first = {}, resources = {} } of texts) {
    it(`is understood: ${tool}`, () => {
      const explanation = explainText(text);
      assert.deepEqual(
        explanation.failures.map(({ code }) => code),
        codes,
      );
      for (const [field, wanted] of Object.entries(first)) {
        assert.deepEqual(explanation.failures[0]?.[field as keyof typeof first], wanted, field);
      }
      for (const [kind, wanted] of Object.entries(resources)) {
        assert.deepEqual(explanation.resources[kind as keyof typeof resources], wanted, kind);
      }
      for (const failure of explanation.failures) assert.ok(diagnose(failure).what.length > 0);
    });
  }

  it('has at least 30 examples of at least six tools', () => {
    const tools = new Set(texts.map(({ tool }) => tool.split(/[ :]/)[0]));
    assert.ok(texts.length >= 30 && tools.size >= 6, `${texts.length} texts of ${[...tools].join(', ')}`);
  });

  it('names the error for a number of a SQL client', () => {
    assert.deepEqual(codesIn('Msg 45530, Level 16, State 1, Line 1\nThe operation was not allowed.'), [
      'BlockedByOutboundFirewall',
    ]);
    assert.deepEqual(codesIn('{"code":"45330","message":"m","target":null,"details":[],"innererror":[]}'), [
      'AzureKeyVaultMissingPermissions',
    ]);
  });

  it('reports every code in the catalogue, in every position that tools use', () => {
    for (const code of catalogueCodes()) {
      const message = 'It did not work.';
      const places = /^\d+$/.test(code)
        ? [
            `Msg ${code}, Level 16, State 1\n${message}`,
            `Error ${code}: ${message}`,
            `(Error: ${code})`,
            JSON.stringify({ statusMessage: JSON.stringify({ code, message }) }),
          ]
        : [
            `(${code}) ${message}\nCode: ${code}\nMessage: ${message}`,
            `Code="${code}" Message="${message}"`,
            `with error: ${code}: ${message}`,
            `Add-AzSqlServerKeyVaultKey : ${code}: ${message}\nAt line:1 char:1`,
            JSON.stringify({ error: { code, message } }),
            JSON.stringify({ statusMessage: JSON.stringify({ error: { message, code } }) }),
            `Status Message: ${message} (Code:${code})`,
          ];
      for (const place of places) {
        const { failures } = explainText(place);
        assert.deepEqual(
          failures.map((failure) => failure.code),
          [code],
          place,
        );
        if (place.includes(message)) assert.equal(failures[0]?.message, message, place);
      }
    }
  });

  it('ignores a code inside a longer word', () => {
    assert.deepEqual(codesIn('MyAzureKeyVaultKeyDisabledHandler and AzureKeyVaultKeyDisabled2, _ScopeLocked'), []);
  });

  it('assigns facts to the failure before or after them, depending on the order in the text', () => {
    const other = server.replace('orders-weu', 'other');
    const facts = [
      `PUT ${server}/keys/${keyName} HTTP/1.1 409 Conflict\nx-ms-request-id: 11111111-2222-3333-4444-555555555555\n`,
      `GET ${other} HTTP/1.1 404 Not Found\nx-ms-request-id: 66666666-7777-8888-9999-000000000000\n`,
    ];
    const errors = ['ScopeLocked: locked\n', 'ParentResourceNotFound: gone\n'];
    const before = [0, 1].map((i) => `${facts[i] ?? ''}${errors[i] ?? ''}`).join('');
    const behind = [0, 1].map((i) => `${errors[i] ?? ''}${facts[i] ?? ''}`).join('');
    for (const text of [before, behind]) {
      const found = explainText(text).failures.map(({ code, status, requestId, operation }) => [
        code,
        status,
        requestId?.slice(0, 4),
        operation?.resource,
      ]);
      assert.deepEqual(found, [
        ['ScopeLocked', 409, '1111', `${server}/keys/${keyName}`],
        ['ParentResourceNotFound', 404, '6666', other],
      ]);
    }
  });

  it('reports the operation only for a single failure', () => {
    const line = `az sql server key create -g a -s b\n${server}\n`;
    const named = (text: string) => explainText(text).failures.map(({ operation }) => operation?.name);
    assert.deepEqual(named(`${line}ScopeLocked`), ['create server key']);
    assert.deepEqual(named(`${line}ScopeLocked RateLimiting`), ['pasted error', 'pasted error']);
  });

  it('is about the account that it names, or about an unknown one, not about the own account', () => {
    const refused = (client: string) =>
      `(AuthorizationFailed) ${client} does not have authorization to perform action 'Microsoft.Sql/servers/keys/write' over scope '${server}'.`;
    const what = (text: string) => explainText(text).failures.map((failure) => diagnose(failure).what);
    assert.deepEqual(what(refused("The client 'grace@orders.example' with object id '1'")), [
      'The account "grace@orders.example" lacks the permission "Microsoft.Sql/servers/keys/write" on the resource "sql-orders-weu".',
    ]);
    assert.deepEqual(what('It failed with AuthorizationFailed'), ['The account lacks the permission.']);
  });

  it('tells a missing permission from a condition of a role assignment, or says that it may be either', () => {
    const [action, scope] = ['Microsoft.Authorization/roleAssignments/write', '/subscriptions/s/x'];
    const titleAndCause = (says: string) => {
      const [failure] = explainText(
        `(AuthorizationFailed) The client 'ada' ${says} '${action}' over scope '${scope}'.`,
      ).failures;
      const { title, cause } = diagnose(failure ?? assert.fail());
      return [title, cause.includes('condition')];
    };
    assert.deepEqual(titleAndCause('does not have authorization to perform action'), [
      'Account lacks a permission',
      false,
    ]);
    assert.deepEqual(
      titleAndCause('does not have authorization or an ABAC condition not fulfilled to perform action'),
      ['Account lacks a permission', true],
    );
    assert.deepEqual(
      titleAndCause('has an authorization with ABAC condition that is not fulfilled to perform action'),
      ["A condition doesn't allow the request", true],
    );
  });

  it('never assigns a message to another error', () => {
    const nested = { code: 'OuterThingFailed', details: [{ message: 'It is locked.', code: 'ScopeLocked' }] };
    assert.deepEqual(
      explainText(JSON.stringify(nested)).failures.map(({ code, message }) => [code, message]),
      [
        ['ScopeLocked', 'It is locked.'],
        ['OuterThingFailed', ''],
      ],
    );
  });

  it('prefers the code of the message to an unknown code', () => {
    const message = 'The key is currently being used by the server.';
    const details = ['BadRequest', 'NobodyKnowsThis'].map((code) => ({ code, message }));
    assert.deepEqual(codesIn(JSON.stringify({ code: 'ScopeLocked', details })), [
      'ScopeLocked',
      'AzureKeyVaultKeyInUse',
    ]);
  });

  it('does not report the address of an operation as a resource', () => {
    const address = `https://management.azure.com${server.replace(/servers.*/, 'locations/westeurope/serverKeyAzureAsyncOperation/1')}`;
    const { ids, resourceGroups } = explainText(`Azure-AsyncOperation: ${address}?api-version=2023-08-01`).resources;
    assert.deepEqual([ids, resourceGroups], [[], ['rg-orders']]);
  });

  it('reports each resource once, in capital letters only if it has no other casing, without punctuation', () => {
    const { ids, servers, vaults } = explainText(
      `(${server}) is ${server.toUpperCase()}. KV-A.vault.azure.net, kv-a.vault.azure.net`,
    ).resources;
    assert.deepEqual([ids, servers, vaults], [[server], ['sql-orders-weu'], ['kv-a']]);
  });

  it('recognizes vaults of the built-in clouds and of the current cloud', () => {
    const china = 'https://kv-bj.vault.azure.cn/keys/tde';
    const own = 'https://kv-own.vault.contoso.example/keys/tde';
    assert.deepEqual(explainText(`${china} ${own}`).resources.keys, [china]);
    const cloud = { ...publicCloud, name: 'Contoso', vaultSuffixes: ['vault.contoso.example'] };
    assert.deepEqual(explainText(`${china} ${own}`, cloud).resources.keys, [china, own]);
    assert.deepEqual(explainText(own, cloud).resources.vaults, ['kv-own']);
  });

  it('has a command value for an identity only if the server has it in Azure', () => {
    const identity = 'deadbeef-3e6f-4f1a-8b6d-5a2c9e0f4d33';
    const text = `(AzureKeyVaultMissingPermissions) Please grant the missing permissions to the service principal with ID '${identity}'.`;
    const { resources } = explainText(text);
    assert.deepEqual(resources.principals, [identity]);
    assert.equal(commandValues(resources).principalId, undefined);
    assert.equal(commandValues(resources, ['7d1b0c52-3e6f-4f1a-8b6d-5a2c9e0f4d33']).principalId, undefined);
    assert.equal(commandValues(resources, [identity.toUpperCase()]).principalId, identity);
  });

  it('has a command value only if the text names exactly one', () => {
    const one = commandValues(explainText(`${server} ${keyUri}`).resources);
    assert.deepEqual(one, {
      resourceGroup: 'rg-orders',
      server: 'sql-orders-weu',
      serverId: server,
      resourceGroupId: group,
      resourceId: server,
      vault: 'kv-orders',
      keyUri,
      keyName: 'tde-orders',
    });
    const two = commandValues(explainText(`${server} ${server.replace('weu', 'neu')}`).resources);
    assert.deepEqual(two, { resourceGroup: 'rg-orders', resourceGroupId: group });
  });
});

/** The service's sentence for each documented code, without the code. */
const sentences: Readonly<Record<string, string>> = {
  InvalidKeyName: 'An invalid value was given for the server key name.',
  InvalidKeyType: 'The create server key type is not supported.',
  InvalidUpsertKeyType:
    "Service-managed TDE keys are managed by the service. Service-managed TDE keys don't support Create or Update by the user.",
  InvalidKeyUpsertRequest: 'The create server key request does not exist or has no properties object.',
  SecurityAdalPrincipalCertExpiredError:
    'The operation could not be completed because the Azure Key Vault principal certificate has expired.',
  AkvHostNotResolvingFromNode: "AKV host 'kv-a.vault.azure.net' is not resolvable from SQL, on server 'sql-a'.",
  SecurityInvalidAzureKeyVaultRecoveryLevel:
    "The provided Key Vault uri 'https://kv-a.vault.azure.net/keys/k' is not valid. Please ensure the vault has the right Recovery Level other than 'Purgeable'.",
  KeyMaterialNotFoundOnRemoteServer: 'Remote server does not have access to key material used as a TDE protector.',
  AzureKeyVaultRsaKeyNotSupported:
    'The provided key vault uses unsupported RSA Key Size or Key Type. The supported RSA key size is 2048 or 3072 and Key Type is RSA or RSA-HSM.',
  AzureKeyVaultKeyDisabled:
    'The operation could not be completed on the server because the Azure Key Vault key is disabled.',
  AzureKeyVaultInvalidExpirationDate:
    'The operation could not be completed because the Azure Key Vault key expiration date is invalid.',
  SameKeyUriNotFoundOnRemoteServer:
    "Secondary server does not have the key material from the same key vault as the primary server's encryption protector with key auto-rotation enabled.",
  SecurityAzureKeyVaultUrlNullOrEmpty:
    'The operation could not be completed because the Azure Key Vault Uri is null or empty.',
  SameKeyMaterialNotFoundOnRemoteServer:
    "Secondary server does not have the key material of the primary server's encryption protector.",
  PerDatabaseCMKRestoreNotSupported:
    'Database restore is not supported when Database-level CMK is configured in preview.',
  AzureKeyVaultNoServerIdentity: 'The server identity is not correctly configured.',
  PerDatabaseCMKHSNotSupported: 'Database-level CMK in preview is not supported for Hyperscale edition.',
  AzureKeyVaultInvalidUri: 'An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.',
  AzureKeyVaultMissingPermissions: 'The server is missing required permissions on the Azure Key Vault.',
  UmiMissingAkvPermissions: 'PrimaryUserAssignedIdentityId provided by user does not have access to KeyId provided',
  AkvEndpointNotReachableFromNode: "AKV endpoint 'kv-a.vault.azure.net' is not reachable from SQL, on server 'sql-a'.",
  SecurityAzureKeyVaultInvalidKeyName:
    "The operation could not be completed because 'my-key' is an invalid Server Key name.",
  AdalGenericError:
    "The operation could not be completed because an Azure Active Directory error was encountered. The error message from Active Directory Authentication library (ADAL) is 'x'.",
  AdalServicePrincipalNotFound:
    "The operation could not be completed because an Azure Active Directory error was encountered. Please ensure the server 'sql-a' and key vault 'kv-a' belong to the same tenant.",
  AzureKeyVaultMalformedVaultUri: "The provided Key Vault uri 'https://kv-a.vault.azure.net/k' is not valid.",
  SecurityAzureKeyVaultGeoChainError:
    'Creating secondary of secondary (a process known as chaining) is not supported when enabling Transparent Data Encryption using Azure Key Vault (BYOK).',
  PerDatabaseCMKDWNotSupported: 'Database-level CMK in preview is not supported for Datawarehouse edition.',
  SubscriptionDoesNotHaveServer: 'The requested server was not found',
  ServerNotInSubscriptionResourceGroup:
    'Specified server does not exist in the specified resource group and subscription.',
  ResourceNotFound: "The requested resource of type 'Microsoft.Sql/servers/keys' with name 'x' was not found.",
  OperationIdNotFound: "The operation with Id 'x' does not exist.",
  ServerKeyNameAlreadyExists: 'The server key already exists on the server.',
  ServerKeyUriAlreadyExists: 'The server key URI already exists on the server.',
  ServerKeyDoesNotExists:
    "Server key 'kv-a_k' does not exist. Make sure that the server key name is entered correctly.",
  AzureKeyVaultKeyNameNotFound:
    "The operation could not be completed because the Azure Key Vault Key name 'k' does not exist.",
  AzureKeyVaultKeyInUse: 'The key is currently being used by the server.',
  OperationCancelled: 'The operation has been cancelled by user.',
  OperationInterrupted:
    'The operation on the resource could not be completed because it was interrupted by another operation on the same resource.',
  SubscriptionTooManyRequests: 'Requests beyond max requests that can be processed by available resources.',
  OperationTimedOut: 'The operation timed out and automatically rolled back. Please retry the operation.',
  AzureKeyVaultConnectionFailed:
    "The operation could not be completed on server 'sql-a' because attempts to connect to Azure Key Vault 'kv-a' have failed",
  AzureKeyVaultGenericConnectionError:
    'The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information .',
};

describe('a service sentence without its code', () => {
  for (const [code, sentence] of Object.entries(sentences)) {
    it(`identifies ${code}`, () => {
      assert.deepEqual(codesIn(sentence), [code]);
      assert.deepEqual(codesIn(sentence.replaceAll(' ', '\n   ')), [code], 'wrapped');
      assert.deepEqual(codesIn(`{"code":"BadRequest","message":${JSON.stringify(sentence)}}`), [code]);
    });
  }

  it('exists for every documented code except those that share a sentence', () => {
    const same = ['SubscriptionTooManyCreateUpdateRequests', 'TooManyRequests'];
    assert.deepEqual([...Object.keys(sentences), ...same].sort(), Object.keys(documentedCodes).sort());
  });

  it('is recognized among others', () => {
    const all = Object.values(sentences).join('\n\n');
    assert.equal(codesIn(all).length, Object.keys(sentences).length);
  });
});

/** The processor time of a run in milliseconds, which other work on the machine doesn't change. */
function processorTime(run: () => unknown): number {
  const started = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

describe('a long text', () => {
  const line = `2026-11-20T08:14:46.134Z DEBUG: cli.azure.cli.core.sdk.policies: {"id":"${server}","name":"sql-orders-weu","properties":{"state":"Ready"}} {"error":{"code":"ScopeLocked","message":"It is locked."}}\n`;

  it('of 100 KB is read in 50 ms', () => {
    const log = line.repeat(Math.ceil(100_000 / line.length));
    const times = Array.from({ length: 8 }, () => processorTime(() => explainText(log)));
    const time = Math.min(...times);
    assert.ok(time <= 50, `${Math.round(time)} ms`);
  });
});

describe('a hostile text', () => {
  /** Reads a text, which must take at most half a second of processor time. */
  const quick = (text: string) => {
    let explanation = explainText('');
    const time = processorTime(() => {
      explanation = explainText(text);
    });
    assert.ok(time < 500, `${Math.round(time)} ms`);
    return explanation;
  };

  const pieces = [
    'a',
    ' ',
    '\\',
    '"',
    "'",
    '{',
    '(',
    '/',
    '-',
    '_',
    '\n',
    '\t',
    'a.',
    'a-',
    'code',
    'code:',
    '"code":"',
    'Code="',
    'message:',
    '"message":"',
    '\\"message\\":\\"',
    '{"code":"A","message":"',
    '(ScopeLocked) ',
    'ScopeLocked: ',
    'ScopeLocked{',
    'status ',
    'Error ',
    '(40925',
    '/subscriptions/',
    '/subscriptions/a/b',
    'https://',
    'https://a.vault.azure.net/keys/',
    'kv-a_k_',
    'server "',
    'az -g a -s ',
    'resource group ',
    'akv host ',
    'provided key vault uri ',
    'server key ',
    'because ',
    'managed identity with id ',
    'database ',
    'the subscription ',
    'the resource ',
    'on server x ',
    'Msg 40981, Level 14, State 1\n',
    '(Microsoft SQL Server, x: ',
    'a, b 1, ',
    '.database.windows.net ',
    'vault kv;location=',
    'SqlException: ',
    '\n  a b(',
    '[31m',
    '\u001b]8;;',
    'PS C:\\',
    '&quot;',
    '   1 | ',
    "Message='",
    'x-ms-request-id: ',
    'correlation id ',
    '\u001b[',
    '\\u00',
    '│ ',
    'Aa',
    'AAa',
    '𝒜',
    'İ',
  ];
  for (const piece of pieces) {
    it(`is read quickly: ${JSON.stringify(piece)}`, () => {
      quick(piece.repeat(Math.ceil(120_000 / piece.length)));
    });
  }

  it('is read only up to the maximum length', () => {
    const { failures } = quick(`ScopeLocked ${'x'.repeat(5_000_000)} AzureKeyVaultKeyDisabled`);
    assert.deepEqual(
      failures.map(({ code }) => code),
      ['ScopeLocked'],
    );
  });

  it('may be deeply nested JSON', () => {
    const depth = 9000;
    const { failures } = quick(`${'{"details":['.repeat(depth / 2)}{"code":"ScopeLocked"}${']}'.repeat(depth / 2)}`);
    assert.equal(failures[0]?.code, 'ScopeLocked');
    let nested = JSON.stringify({ code: 'ScopeLocked', message: 'The "scope" is locked.' });
    for (let level = 0; level < 4; level++) nested = JSON.stringify({ code: 'BadRequest', message: nested });
    assert.deepEqual(
      quick(nested).failures.map(({ code, message }) => [code, message]),
      [['ScopeLocked', 'The "scope" is locked.']],
    );
  });

  it('may have thousands of codes, of which at most 50 are reported', () => {
    const letters = 'abcdefghij';
    const word = (n: number) => String(n).replace(/\d/g, (digit) => letters[Number(digit)] ?? '');
    const codes = Array.from({ length: 5000 }, (_, n) => `{"code":"Foo${word(n)}Bar","message":"no ${n}"}`);
    assert.equal(quick(codes.join('\n')).failures.length, 50);
  });

  it('may be cut off anywhere or be random', () => {
    const text = texts.find(({ tool }) => tool.startsWith('activity log'))?.text ?? '';
    for (let end = 0; end < text.length; end += 37) explainText(text.slice(end));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (any) => explainText(any).failures.length === 0),
    );
  });

  it('does not report a token as a code', () => {
    for (const token of ['0.AXoAbCdEfGhIjKl', 'OAQABAAIAAAD--DLA3VO7', 'GXPL9KZ3R', 'aB3dE5fG7hI9jK1', 'M.C546_BL2']) {
      assert.deepEqual(codesIn(`code=${token}&state=1 "code":"${token}"`), [], token);
    }
  });
});

describe('credentials in a pasted text', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXBhcnQ';
  const secrets: readonly (readonly [text: string, secret: string])[] = [
    [`Bearer ${jwt}`, jwt],
    [`the token ${jwt} is not valid`, 'c2lnbmF0dXJlLXBhcnQ'],
    ['https://x.blob.core.windows.net/c?sv=1&sig=a%2Fb%3D&se=2', 'a%2Fb'],
    [
      'https://management.azure.com/x?t=5&c=MIIHhzCCBm+gAwIBAgIT&s=abcdefghijklmnopqrst&h=ABCDEFGHIJKLMNOPQRST',
      'MIIHhz',
    ],
    ['https://x.blob.core.windows.net/c?sv=1\\u0026sig=a%2Fb%3D', 'a%2Fb'],
    ['\u001b[31mclient_sec\u001b[0mret=s3cr3t-Value', 's3cr3t-Value'],
    ['client_secret=s3cr3t-Value', 's3cr3t-Value'],
    ['{"refresh_token":"0.AXoA-long"}', '0.AXoA-long'],
    ['Server=x;Password=hunter22;', 'hunter22'],
    ['secret abc8Q~abcdefghijklmnopqrstuvwxyz0123456 expired', 'abcdefghijklmnopqrstuvwxyz0123456'],
  ];
  for (const [text, secret] of secrets) {
    it(`are nowhere in the result: ${text.slice(0, 30)}`, () => {
      const pasted = [
        `(ScopeLocked) ${text}`,
        JSON.stringify({ error: { code: 'ScopeLocked', message: text } }),
        JSON.stringify({ statusMessage: JSON.stringify({ code: 'ScopeLocked', message: text }) }),
        `Code="SomethingNew" Message="${text}"`,
        `${server}/keys/${keyName} failed: ${text} AzureKeyVaultKeyDisabled: ${text}`,
      ];
      for (const one of pasted) {
        const { failures, resources } = explainText(one);
        assert.equal(failures.length, 1);
        const shown = [
          resources,
          ...failures.flatMap((failure) => [failure, failure.message, diagnosisLog(diagnose(failure))]),
        ];
        assert.ok(!JSON.stringify(shown).includes(secret), JSON.stringify(shown));
      }
    });
  }
});
