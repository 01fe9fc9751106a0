import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicCloud } from '../../src/core/clouds';
import { diagnose, diagnosisLog, notificationText } from '../../src/core/errors/diagnose';
import { diagnosisDocument } from '../../src/core/errors/diagnosisDocument';
import { catalogueCodes, commandsForCode } from '../../src/core/errors/errorCatalogue';
import { explainText } from '../../src/core/pastedErrors/explainText';
import { commandValues } from '../../src/core/pastedErrors/commandValues';
import { property } from './property';
import { distinctSecretIn } from './redaction';
import { hostileText, soon, word } from './texts';

const code = fc.constantFrom(...catalogueCodes());
const principal = '7d1b0c52-3e6f-4f1a-8b6d-5a2c9e0f4d33';
const id =
  '/subscriptions/0c4f2a6e-5b1d-4a7e-9b57-2f1d6c8e9a01/resourceGroups/rg/providers/Microsoft.Sql/servers/sql-a';

const wrapped = (error: unknown, depth: number): unknown =>
  depth === 0
    ? error
    : { status: 'Failed', error: { code: 'DeploymentFailed', message: JSON.stringify(wrapped(error, depth - 1)) } };

/** How tools write an error. */
const forms: readonly ((code: string, message: string) => string)[] = [
  (of, message) => `(${of}) ${message}\nCode: ${of}\nMessage: ${message}`,
  (of, message) => `\u001b[31mERROR: (${of}) ${message}\u001b[0m`,
  (of, message) => JSON.stringify({ error: { code: of, message } }),
  (of, message) => JSON.stringify({ error: { code: of, message, details: [{ code: of, message: id }] } }, undefined, 2),
  (of, message) => JSON.stringify(wrapped({ error: { code: of, message } }, 3)),
  (of, message) => `Set-AzSqlServerTransparentDataEncryptionProtector: ${of}: ${message}\nAt line:1 char:1`,
  (of, message) => `╷\n│ Error: creating: unexpected status 400 with error: ${of}: ${message}\n│\n╵`,
  (of, message) =>
    `RestError: ${message}\n    at a (/x.js:1:2)\n  code: '${of}',\n  statusCode: 403,\n  request: ${id}`,
  (of, message) => `Msg ${of}, Level 16, State 1\n${message}`,
  (of, message) => `{"code":"${of}","message":"${message}"}`,
];

const mentions = [
  id,
  `${id}/keys/kv-a_tde_9f3c1b7a5d2e4f60819a3b5c7d9e1f20`,
  `The service principal with ID '${principal}'`,
  'https://kv-a.vault.azure.net/keys/tde/9f3c1b7a5d2e4f60819a3b5c7d9e1f20',
  'az sql server key create -g rg -s sql-a --kid x',
  `server 'sql-${'a'.repeat(10_000)}'`,
  `/subscriptions/s/resourceGroups/${'g'.repeat(10_000)}`,
  'x-ms-request-id: 5b0f7c1e-92d4-4c3a-a6de-0e1f2a3b4c5d',
  String.raw`\"message\":\"`,
  String.raw`\\\"`,
];
const part = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  { arbitrary: fc.constantFrom(...mentions), weight: 2 },
  {
    arbitrary: fc.tuple(fc.constantFrom(...forms), code, hostileText).map(([form, of, message]) => form(of, message)),
    weight: 4,
  },
);
const pasted = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('\n'));

/** All that the extension shows about a text. */
function shownFor(text: string): readonly string[] {
  const { failures, resources } = explainText(text, publicCloud);
  const diagnoses = failures.map((failure) => {
    const commands = commandsForCode(failure.code, commandValues(resources));
    return { ...diagnose(failure), commands };
  });
  return [
    diagnosisDocument(diagnoses, [...resources.servers, ...resources.vaults]),
    ...diagnoses.flatMap((diagnosis) => [diagnosisLog(diagnosis), notificationText(diagnosis)]),
  ];
}

export const pastedTexts = [
  property('is explained without failing and without delay, whatever it is', 1500, pasted, (text) => {
    const { failures } = soon(() => explainText(text, publicCloud), 1000);
    assert.ok(failures.length <= 50);
    assert.ok(soon(() => shownFor(text), 1000).every((shown) => shown.length > 0));
  }),
  property(
    'has the code of its error, however deep it is nested',
    2000,
    fc.tuple(code, word('abc xyz', 1, 30), fc.nat(4)),
    ([of, message, depth]) => {
      const text = JSON.stringify(wrapped({ error: { code: of, message: `It ${message}.` } }, depth));
      assert.ok(
        explainText(text).failures.some((failure) => failure.code === of),
        text,
      );
    },
  ),
  property(
    'shows no credential that is in it',
    2000,
    fc.tuple(pasted, distinctSecretIn, fc.constantFrom(...forms)),
    ([text, found, form]) => {
      const [written, secret] = found;
      const whole = `${text}\n${form('AzureKeyVaultMissingPermissions', written)}\n${written}\n`;
      for (const shown of shownFor(whole)) assert.ok(!shown.includes(secret), shown);
    },
  ),
  property('never decides alone who gets permissions', 1500, pasted, (text) => {
    const { resources } = explainText(`The service principal with ID '${principal}'\n${text}`, publicCloud);
    for (const of of [
      'AzureKeyVaultMissingPermissions',
      'AzureKeyVaultNoServerIdentity',
      'AdalServicePrincipalNotFound',
    ]) {
      for (const { text: command } of commandsForCode(of, commandValues(resources))) {
        assert.ok(!command.includes(principal), command);
      }
    }
  }),
];
