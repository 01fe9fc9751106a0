import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ArmError } from '../../src/core/armError';
import { diagnose, diagnosisLog, notificationText } from '../../src/core/errors/diagnose';
import { diagnosisDocument } from '../../src/core/errors/diagnosisDocument';
import { redactSecrets } from '../../src/core/errors/redact';
import { credentials, harmless } from './redactTable';

const samples = Object.values(credentials).flat();

describe('redaction', () => {
  for (const [kind, texts] of Object.entries(credentials)) {
    for (const [text, secret] of texts) {
      it(`removes from ${kind}: ${text.slice(0, 60).replace(/\s+/g, ' ')}`, () => {
        const left = redactSecrets(text);
        assert.ok(!left.includes(secret), left);
        assert.match(left, /\[removed\]/);
      });
    }
  }

  it('has at least 82 samples', () => {
    assert.ok(samples.length >= 82, String(samples.length));
  });

  for (const text of harmless) {
    it(`keeps: ${text.slice(0, 80)}`, () => {
      assert.equal(redactSecrets(text), text);
    });
  }

  it('removes credentials from every field of a diagnosis', () => {
    for (const [text, secret] of samples) {
      for (const known of [true, false]) {
        const error = new ArmError({
          code: known ? 'SignInRequired' : text,
          message: text,
          requestId: text,
          correlationId: text,
          operation: { name: 'list', resource: text },
        });
        const diagnosis = diagnose(error);
        const shown = [
          JSON.stringify(Object.values(diagnosis)),
          notificationText(diagnosis),
          diagnosisLog(diagnosis),
          diagnosisDocument([diagnosis]),
        ];
        for (const output of shown) assert.ok(!output.includes(secret), `${text}\n${output}`);
      }
    }
  });

  for (const before of ['-P', '--password', 'ConvertTo-SecureString', 'password:', 'pwd=', '"password":', 'Bearer']) {
    it(`removes credentials from the line after: ${before}`, () => {
      for (const [text, secret] of samples) {
        const left = redactSecrets(`${before}\n${text}\n`);
        assert.ok(!left.includes(secret), left);
        assert.equal(redactSecrets(left), left);
      }
    });
  }

  it('removes the credential, not its name, after another name on the same line', () => {
    assert.equal(redactSecrets('-p api-key: hunter22'), '-p api-key: [removed]');
    assert.equal(redactSecrets('token: client_secret: hunter22'), 'token: client_secret: [removed]');
    assert.equal(redactSecrets('Pwd=Secret:hunter22'), 'Pwd=[removed]');
  });

  it('removes a credential that is on the line after its name', () => {
    assert.equal(redactSecrets('"password":\n  "hunter22"'), '"password":\n  [removed]');
    assert.equal(redactSecrets('--password \\\n  hunter22'), '--password \\\n  [removed]');
  });

  it('removes credentials anywhere in a text, and changes nothing the second time', () => {
    const sample = fc.constantFrom(...samples);
    fc.assert(
      fc.property(fc.string(), sample, fc.string(), (before, [text, secret], after) => {
        const left = redactSecrets(`${before}\n${text}\n${after}`);
        return !left.includes(secret) && redactSecrets(left) === left;
      }),
      { numRuns: 2000 },
    );
  });

  it('is fast for long texts', () => {
    const pieces = [
      ...samples.map(([text]) => text),
      'eyJ',
      'eyJaaaaa\n',
      'password',
      'password ',
      'password="',
      '--',
      '- -p ',
      '://',
      'a.',
      '\\',
      '\\"',
      '"',
      "'",
      '?code=',
      '&',
      '&a',
      'sig=',
      '8Q~',
      ' ',
      'MII',
      'aA1',
      '<RSAKeyValue>',
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN ',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const started = process.cpuUsage();
      redactSecrets(text);
      const time = process.cpuUsage(started).user / 1000;
      assert.ok(time < 500, `${piece.slice(0, 40)}: ${time} ms`);
    }
  });
});
