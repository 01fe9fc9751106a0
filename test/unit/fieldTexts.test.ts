import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import { explainText } from '../../src/core/pastedErrors/explainText';
import { commandValues } from '../../src/core/pastedErrors/commandValues';
import { applications } from './fieldTexts/applications';
import { azureTools } from './fieldTexts/azureTools';
import { drivers } from './fieldTexts/drivers';
import { everyday } from './fieldTexts/everyday';
import { exported } from './fieldTexts/exported';
import type { FieldText } from './fieldTexts/fieldText';
import { frames } from './fieldTexts/frames';
import { keyVault } from './fieldTexts/keyVault';
import { localized } from './fieldTexts/localized';
import { logs } from './fieldTexts/logs';
import { mixed } from './fieldTexts/mixed';
import { moreLanguages } from './fieldTexts/moreLanguages';
import { others } from './fieldTexts/others';
import { pipelines } from './fieldTexts/pipelines';
import { published } from './fieldTexts/published';
import { services } from './fieldTexts/services';
import { severalServers } from './fieldTexts/severalServers';
import { sqlClients } from './fieldTexts/sqlClients';
import { variants } from './fieldTexts/variants';

const all: readonly FieldText[] = [
  ...keyVault,
  ...localized,
  ...azureTools,
  ...sqlClients,
  ...logs,
  ...applications,
  ...pipelines,
  ...services,
  ...moreLanguages,
  ...mixed,
  ...variants,
  ...others,
  ...published,
  ...frames,
  ...everyday,
  ...severalServers,
  ...drivers,
  ...exported,
];

describe('a text as tools print it', () => {
  it('has at least 100 examples in ten languages', () => {
    const languages = new Set(all.map(({ language }) => language));
    assert.ok(all.length >= 100 && languages.size >= 10, `${all.length} texts in ${[...languages].join(', ')}`);
  });

  for (const { tool, language, text, codes, says, resources = {}, values = {} } of all) {
    it(`is explained: ${tool} in ${language}, ${codes.join(', ')}`, () => {
      const { failures, resources: found } = explainText(text);
      assert.deepEqual(
        failures.map(({ code }) => code),
        codes,
      );
      if (says !== undefined) assert.equal(failures[0]?.message, says);
      for (const [kind, wanted] of Object.entries(resources)) {
        assert.deepEqual(found[kind as keyof typeof found], wanted, kind);
      }
      const filled = commandValues(found, [], publicCloud, failures[0]?.message);
      for (const [name, wanted] of Object.entries(values)) {
        assert.equal(filled[name as keyof typeof filled], wanted, name);
      }
    });
  }
});
