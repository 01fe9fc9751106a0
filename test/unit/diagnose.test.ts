import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import fc from 'fast-check';
import { ArmError, type ArmErrorDetails } from '../../src/core/armError';
import { diagnose, diagnosisLog, isDocumentation, notificationText } from '../../src/core/errors/diagnose';
import { catalogueCodes } from '../../src/core/errors/errorCatalogue';
import { plainLine } from '../../src/core/text';
import { diagnosisDocument } from '../../src/core/errors/diagnosisDocument';
import { redactSecrets } from '../../src/core/errors/redact';

const v = 'b7f00123456789abcdef0123456721c4';
const serverId = '/subscriptions/5e7f/resourceGroups/rg-data/providers/Microsoft.Sql/servers/sql-orders-weu';
const keyId = `${serverId}/keys/kv-orders_tde-orders_${v}`;
const create = { name: 'create server key', resource: keyId };
const message = 'The server is missing required permissions on the Azure Key Vault.';

const diagnosed = (details: Partial<ArmErrorDetails>) =>
  diagnose(new ArmError({ code: 'AzureKeyVaultMissingPermissions', message, ...details }));

describe('a failure with a known code', () => {
  it('is explained in one sentence that names the server, with cause and steps', () => {
    const { title, what, cause, steps, retryMode, link } = diagnosed({ operation: create });
    assert.equal(title, 'No permission on the key');
    assert.equal(what, `The identity of the server "sql-orders-weu" isn't allowed to use the key.`);
    assert.match(cause, /wrapKey/);
    assert.match(steps[1] ?? '', /Key Vault Crypto Service Encryption User/);
    assert.equal(retryMode, 'afterFix');
    assert.match(link ?? '', /troubleshoot-tde/);
  });

  it('is explained in the same words, regardless of status and message', () => {
    const words = ({ status, message }: { status?: number; message: string }) => {
      const { what, cause, steps, retryMode } = diagnosed({ message, ...(status && { status }) });
      return { what, cause, steps, retryMode };
    };
    for (const status of [400, 401, 429, 503]) {
      assert.deepEqual(words({ status, message: 'TooManyRequests ResourceNotFound' }), words({ message }));
    }
  });

  it("names the other server if only the service's message mentions it", () => {
    const what = (message: string) =>
      diagnosed({ code: 'SameKeyUriNotFoundOnRemoteServer', operation: create, message }).what;
    const end = 'without a server key from the same vault.';
    const named = `The server "sql-orders-weu" has a partner "sql-orders-neu" ${end}`;
    assert.equal(what("On server 'SQL-Orders-WEU': remote server 'sql-orders-neu' does not have it."), named);
    assert.equal(what('The secondary "sql-orders-neu.database.windows.net" lacks it.'), named);
    assert.equal(what("Server 'sql-orders-weu' failed."), `The server "sql-orders-weu" has a partner ${end}`);
  });

  it('shortens the version in the name of a server key', () => {
    const { what } = diagnosed({
      code: 'AzureKeyVaultKeyInUse',
      operation: { name: 'delete server key', resource: keyId },
    });
    assert.equal(what, `The server key "kv-orders_tde-orders_b7f0…" can't be deleted because it is in use.`);
  });

  it('names the resource for every code and every kind of resource', () => {
    const resources = {
      [serverId]: 'sql-orders-weu',
      [keyId]: 'sql-orders-weu|kv-orders_tde-orders_b7f0…|rg-data|5e7f',
      [`${serverId}/encryptionProtector/current`]: 'sql-orders-weu|rg-data|5e7f',
      '/subscriptions/5e7f': '5e7f',
      '/subscriptions/5e7f/resourceGroups/rg-data/providers/Microsoft.KeyVault/vaults/kv-orders/keys/tde':
        'kv-orders|rg-data|5e7f',
      '/subscriptions/5e7f/resourceGroups/rg-data/providers/Microsoft.KeyVault/managedHSMs/hsm-a': 'hsm-a|rg-data|5e7f',
      'sql-orders-weu': 'sql-orders-weu',
      'sql-orders-weu / ServiceManaged': 'sql-orders-weu|ServiceManaged',
      'kv-orders_tde-orders': 'kv-orders_tde-orders',
      'https://kv-orders.vault.azure.net/keys/tde': 'https://kv-orders',
    };
    for (const code of catalogueCodes()) {
      for (const [resource, wanted] of Object.entries(resources)) {
        const { what } = diagnosed({ code, operation: { name: 'do it', resource } });
        const possible = resource === serverId ? `${wanted}|rg-data|5e7f` : wanted;
        assert.match(what, new RegExp(`"(${possible})`), `${code} ${resource}`);
        assert.match(what, /^[A-Z].*[^.]\.$/);
      }
    }
  });

  it('does not mistake a key in a vault for a server key', () => {
    const resource = '/subscriptions/5e7f/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv-orders/keys/tde';
    const { what } = diagnosed({ code: 'ServerKeyDoesNotExists', operation: { name: 'list key versions', resource } });
    assert.equal(what, `The server key doesn't exist on the server ("kv-orders / tde").`);
  });

  it('names a resource that is not a server in parentheses', () => {
    const resource = 'https://kv-orders.vault.azure.net/keys/tde';
    const { what } = diagnosed({ operation: { name: 'read key', resource } });
    assert.equal(what, `The identity of the server isn't allowed to use the key ("${resource}").`);
  });

  it('names the server and server key at the end if the sentence does not contain them', () => {
    const { what } = diagnosed({ code: 'OperationCancelled', operation: create });
    assert.equal(
      what,
      'The operation was canceled before it completed ("sql-orders-weu / kv-orders_tde-orders_b7f0…").',
    );
  });

  it('names the server of a TDE protector', () => {
    const operation = { name: 'set TDE protector', resource: `${serverId}/encryptionProtector/current` };
    assert.equal(
      diagnosed({ code: 'ScopeLocked', operation }).what,
      'A lock prevents changes to the resource "sql-orders-weu".',
    );
  });

  it('reads well without an operation or a resource', () => {
    const plain = `The identity of the server isn't allowed to use the key.`;
    assert.equal(diagnosed({}).what, plain);
    assert.equal(diagnosed({ operation: { name: 'list subscriptions', resource: '' } }).what, plain);
  });

  it('keeps the facts of the failure', () => {
    const facts = { status: 400, inResult: true, requestId: 'r-1', correlationId: 'c-1', operation: create };
    const { status, inResult, requestId, correlationId, operation, serviceMessage, code } = diagnosed(facts);
    assert.deepEqual({ status, inResult, requestId, correlationId, operation }, facts);
    assert.deepEqual([code, serviceMessage], ['AzureKeyVaultMissingPermissions', message]);
    assert.deepEqual(
      Object.keys(diagnosed({})).filter((field) => field in facts),
      [],
    );
  });

  it('uses the display language at the time of the failure', () => {
    l10n.config({ contents: { 'No permission on the key': 'Keine Berechtigung für den Schlüssel' } });
    try {
      assert.equal(diagnosed({}).title, 'Keine Berechtigung für den Schlüssel');
    } finally {
      l10n.config({ contents: {} });
    }
    assert.equal(diagnosed({}).title, 'No permission on the key');
  });
});

describe('the link of a failure', () => {
  it("leads to Microsoft's documentation for every code", () => {
    for (const code of catalogueCodes()) {
      const { link } = diagnosed({ code });
      assert.ok(link === undefined || isDocumentation(link), link);
    }
  });

  it('is in the document only if it leads there', () => {
    const page = 'https://learn.microsoft.com/azure/a?view=azuresql#b';
    const documentWith = (link: string) => diagnosisDocument([{ ...diagnosed({}), link }]);
    assert.match(documentWith(page), /\[Documentation\]\(https:\/\/learn\.microsoft\.com\/azure\/a\?view=azuresql#b\)/);
    for (const link of [
      'command:a',
      'https://example.org/',
      `${page})[x](command:a`,
      `${page} "x"`,
      `${page}\n# x`,
      'https://learn.microsoft.com@example.org/',
    ]) {
      assert.doesNotMatch(documentWith(link), /Documentation|command|example/, link);
    }
  });
});

describe('a failure with an unknown code', () => {
  const unknown = (details: Partial<ArmErrorDetails>) =>
    diagnosed({ code: 'SomethingNew', message: 'A new thing failed.', ...details });

  it("shows the service's message, code, and status, and only advises to contact support", () => {
    const { what, cause, steps, link } = unknown({ status: 418, requestId: 'r-1', operation: create });
    assert.equal(what, 'A new thing failed.');
    assert.match(cause, /SomethingNew.*418/);
    assert.deepEqual(steps, ['If the problem persists, open a support case with the request ID.']);
    assert.equal(link, undefined);
  });

  it('says that there is no message, and leaves out an unknown status', () => {
    const { what, cause } = unknown({ message: ' ' });
    assert.match(what, /SomethingNew without a message/);
    assert.doesNotMatch(cause, /status|undefined/);
  });

  it('is retried without a fix only after throttling or a server error', () => {
    for (const status of [429, 500, 502, 503, 504]) assert.equal(unknown({ status }).retryMode, 'auto');
    for (const status of [400, 401, 403, 404, 409, 428]) assert.equal(unknown({ status }).retryMode, 'afterFix');
    assert.equal(unknown({}).retryMode, 'afterFix');
  });
});

describe('the notification of a failure', () => {
  it('has the sentence and the cause on one line', () => {
    assert.equal(
      notificationText(diagnosed({ operation: create })),
      `The identity of the server "sql-orders-weu" isn't allowed to use the key. It lacks get, wrapKey, or unwrapKey. The vault's firewall or a disabled, expired, or inactive key can also cause this error.`,
    );
  });

  it("joins the lines of the service's message and adds a final period", () => {
    const text = notificationText(diagnosed({ code: 'SomethingNew', message: 'It failed\r\n  badly' }));
    assert.match(text, /^It failed badly\. This extension /);
  });
});

describe('a notification', () => {
  it('contains no link from a service', () => {
    const message = 'Blocked. [Show why](command:workbench.action.files.newUntitledFile)';
    assert.doesNotMatch(plainLine(notificationText(diagnosed({ code: 'SomethingNew', message }))), /\]\(/);
  });
});

describe('the log entry of a failure', () => {
  it('lists every fact in a fixed order', () => {
    const facts = { status: 400, inResult: true, requestId: 'r-1', correlationId: 'c-1', operation: create };
    assert.deepEqual(diagnosisLog(diagnosed({ ...facts, code: 'AzureKeyVaultKeyDisabled' })).split('\n'), [
      `create server key  sql-orders-weu / kv-orders_tde-orders_${v}`,
      "  code           AzureKeyVaultKeyDisabled (in the operation's result)",
      '  what           The server "sql-orders-weu" can\'t use the key because it is disabled.',
      '  cause          The key or this version is disabled in the vault. Databases that it protects become inaccessible.',
      '  fix            Enable the key version, or choose one that is enabled.',
      '                 Check that the activation date has passed.',
      '                 Try again in a few minutes.',
      '                 If databases were inaccessible for more than 30 minutes, revalidate the TDE protector; otherwise, they recover automatically.',
      `  message        "${message}"`,
      '  IDs            request r-1, correlation c-1',
      '  documentation  https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview?view=azuresql',
    ]);
  });

  it('leaves out unknown facts', () => {
    const log = diagnosisLog(diagnosed({ code: 'SomethingNew', message: '' }));
    assert.deepEqual(
      log.split('\n').map((line) => line.slice(0, 17).trim()),
      ['Failed with code', 'code', 'what', 'cause'],
    );
    assert.match(log, /code {11}SomethingNew\n/);
    assert.match(diagnosisLog(diagnosed({ status: 503 })), /MissingPermissions \(503\)\n/);
    assert.match(diagnosisLog(diagnosed({ inResult: true })), /Permissions \(in the operation's result\)\n/);
    assert.match(diagnosisLog(diagnosed({ correlationId: 'c-1' })), /IDs {12}correlation c-1\n/);
  });

  it('has no trailing spaces for an operation without a resource', () => {
    const log = diagnosisLog(diagnosed({ operation: { name: 'list subscriptions', resource: '' } }));
    assert.match(log, /^list subscriptions\n/);
  });

  it("cannot be forged by a service's message", () => {
    const forged = 'Nothing.\n12:04:32 INFO  all is well\u001b[2J\u0000';
    const lines = diagnosisLog(diagnosed({ message: forged, code: 'X\nY', requestId: 'a\nb' })).split('\n');
    assert.deepEqual(lines.filter((line) => !line.startsWith('  ')).length, 1);
    assert.doesNotMatch(lines.join(''), /\p{Cc}/u);
  });
});

describe('credentials', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXBhcnQ';
  const secrets: readonly (readonly [text: string, secret: string])[] = [
    [`Authorization: Bearer ${jwt}`, jwt],
    [`The token ${jwt} is not valid`, 'c2lnbmF0dXJlLXBhcnQ'],
    ['token eyJhbGciOiJSUzI1NiJ9 cut off', 'eyJhbGciOiJSUzI1NiJ9'],
    ['bearer abcdefghijklmnopqrstuvwxyz0123456789', 'abcdefghijkl'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZDEyMzQ1Njc4OTA=', 'dXNlcjpw'],
    ['POST client_id=a&client_secret=s3cr3t-Value&scope=x', 's3cr3t-Value'],
    ['{"client_secret":"s3cr3t Value","x":1}', 's3cr3t Value'],
    [String.raw`{\"refresh_token\": \"0.AXoA-long\"}`, '0.AXoA-long'],
    ['clientSecret = "abc def"', 'abc def'],
    ['https://x.blob.core.windows.net/c?sv=1&sig=a%2Fb%3D&se=2', 'a%2Fb'],
    [
      'https://management.azure.com/x?api-version=1&t=5&c=MIIHhzCCBm+gAwIBAgIT&s=abcdefghijklmnopqrst&h=ABCDEFGHIJKLMNOPQRST',
      'MIIHhz',
    ],
    ['…&s=abcdefghijklmnopqrst', 'abcdefghijklmnopqrst'],
    ['AccountKey=Zm9vYmFy==;EndpointSuffix=x', 'Zm9vYmFy'],
    ['Server=x;Password=hunter22;', 'hunter22'],
    ['secret abc8Q~abcdefghijklmnopqrstuvwxyz0123456 expired', 'abcdefghijklmnopqrstuvwxyz0123456'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY----- end', 'MIIEow'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEow cut', 'MIIEow'],
  ];

  for (const [text, secret] of secrets) {
    it(`are removed by a diagnosis: ${text.slice(0, 40).replace(/\s/g, ' ')}`, () => {
      for (const code of ['SomethingNew', 'SignInRequired']) {
        const diagnosis = diagnosed({ code, message: text, operation: { name: 'list', resource: text } });
        const { operation, ...words } = diagnosis;
        assert.equal(operation?.name, 'list');
        const shown = [JSON.stringify(words), notificationText(diagnosis), diagnosisLog(diagnosis)].join('\n');
        assert.ok(!shown.includes(secret), shown);
        assert.match(shown, /\[removed\]/);
      }
    });
  }

  it('are not found in ordinary messages', () => {
    for (const text of [
      message,
      'AKV10000: Request is missing a Bearer or PoP token.',
      'AADSTS7000215: Invalid client secret provided.',
      'The Basic edition does not support this.',
      "The provided Key Vault uri 'https://kv-a.vault.azure.net/keys/tde' is not valid.",
      `Server key 'kv-a_tde_${v}' was not found (${serverId}).`,
    ]) {
      assert.equal(redactSecrets(text), text);
    }
  });

  it('are removed from long texts quickly', () => {
    const started = process.cpuUsage();
    for (const piece of ['eyJ', 'Bearer ', '-----BEGIN PRIVATE KEY-----', 'sig=', 'a.', '"', '8Q~']) {
      redactSecrets(piece.repeat(20_000));
    }
    assert.ok(process.cpuUsage(started).user < 1_000_000);
  });

  it('are removed anywhere in a text', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (before, after) => !redactSecrets(`${before} ${jwt} ${after}`).includes(jwt.slice(-15)),
      ),
    );
  });

  it('names the policy assignment and the definition in the message of Azure Policy, escaped or not', () => {
    const identifiers = JSON.stringify([
      {
        policyAssignment: {
          name: 'Keys in HSM',
          id: '/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a',
        },
        policyDefinition: { name: 'Only HSM keys', id: '/providers/Microsoft.Authorization/policyDefinitions/d' },
      },
    ]);
    for (const text of [identifiers, JSON.stringify(identifiers)]) {
      const message = `Resource 'k' was disallowed by policy. Policy identifiers: '${text}'.`;
      const { cause } = diagnose(new ArmError({ code: 'RequestDisallowedByPolicy', status: 403, message }));
      assert.equal(cause, 'The policy assignment "Keys in HSM" denies it, with the policy definition "Only HSM keys".');
    }
    const { cause } = diagnose(new ArmError({ code: 'RequestDisallowedByPolicy', status: 403, message: '' }));
    assert.match(cause, /^A policy assignment with the deny effect applies\./);
  });
});
