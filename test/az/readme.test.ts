import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { resetEmulator } from '../azure/connection';
import { signedInAz } from './azureCli';

describe("Azure CLI, connected as in the emulator's README", () => {
  before(() => resetEmulator());
  const az = signedInAz();

  it('lists server keys', () => {
    assert.match(az.home.printed, /"name": "kv-orders_tde-orders_[0-9a-f]{32}"/);
  });

  it('keeps its settings out of ~/.azure', () => {
    assert.ok(existsSync(join(az.home.env.AZURE_CONFIG_DIR ?? '', 'clouds.config')));
    assert.equal(existsSync(join(az.home.folder, '.azure')), false);
  });
});
