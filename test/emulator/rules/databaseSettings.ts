import { notPlayed } from '../base/answer';
import { propertiesOf, recordOf, stringOf, tagsOf } from '../base/json';
import type { Database } from '../base/state';

/** The properties of a database that a request may set and no rule reads. */
const settingNames = [
  'autoPauseDelay',
  'availabilityZone',
  'collation',
  'highAvailabilityReplicaCount',
  'isLedgerOn',
  'licenseType',
  'maintenanceConfigurationId',
  'maxSizeBytes',
  'minCapacity',
  'preferredEnclaveType',
  'readScale',
  'requestedBackupStorageRedundancy',
  'zoneRedundant',
];

/** The properties that rules read. */
const encryptionNames = ['keys', 'encryptionProtector', 'encryptionProtectorAutoRotation', 'federatedClientId'];

/** Throws a Refusal if a request has a property that changes what the emulator doesn't have, such as an elastic pool. */
export function requirePlayed(body: unknown): void {
  for (const [name, value] of Object.entries(propertiesOf(body))) {
    const isDefault = value === null || (name === 'createMode' && value === 'Default');
    if (!isDefault && ![...settingNames, ...encryptionNames].includes(name)) {
      throw notPlayed(`the property ${name} of a database`);
    }
  }
}

/** The service tiers of the usual names, such as GP_Gen5_2. */
const tiers: readonly [RegExp, tier: string][] = [
  [/^GP_/i, 'GeneralPurpose'],
  [/^BC_/i, 'BusinessCritical'],
  [/^HS_/i, 'Hyperscale'],
  [/^S\d/i, 'Standard'],
  [/^P\d/i, 'Premium'],
  [/^DW/i, 'DataWarehouse'],
];

function skuOf(body: unknown, current: Database['sku']): Database['sku'] {
  const { name: sentName, tier: sentTier } = recordOf(recordOf(body).sku);
  const name = stringOf(sentName);
  if (name === '') return current;
  const tier = stringOf(sentTier) || (tiers.find(([known]) => known.test(name))?.[1] ?? name);
  return { name, tier };
}

/** Applies the service tier, tags, and settings in the body of a request. What it omits stays. */
export function applyDatabaseSettings(database: Database, body: unknown): void {
  const sent = Object.entries(propertiesOf(body)).filter(
    ([name, value]) => settingNames.includes(name) && value !== null,
  );
  database.sku = skuOf(body, database.sku);
  if (sent.length > 0) database.settings = { ...database.settings, ...Object.fromEntries(sent) };
  const tags = tagsOf(body);
  if (tags) database.tags = tags;
}
