import { connect } from '../../src/azure/connect';
import { publicCloud } from '../../src/core/clouds';
import type { SqlServer } from '../../src/core/model';
import type { KeyVault } from '../../src/core/vaultModel';
import type { Accounts } from '../../src/core/accounts';
import type { Azure } from '../../src/core/ports';

export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const subscriptionId = '0c4f2a6e-5b1d-4a7e-9b57-2f1d6c8e9a01';
const tenantId = '72f988bf-86f1-41af-91ab-2d7cd011db47';
export const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-a`;
const place = { subscriptionId, resourceGroup: 'rg-a', location: 'westeurope' };

export const server: SqlServer = {
  ...place,
  id: `${group}/providers/Microsoft.Sql/servers/sql-a`,
  name: 'sql-a',
  identity: { userAssigned: [] },
};
export const vault: KeyVault = {
  ...place,
  kind: 'vault',
  id: `${group}/providers/Microsoft.KeyVault/vaults/kv-a`,
  name: 'kv-a',
  uri: 'https://kv-a.vault.azure.net',
  purgeProtection: true,
  hardwareKeys: false,
};
export const hsm: KeyVault = {
  ...vault,
  kind: 'managedHsm',
  id: `${group}/providers/Microsoft.KeyVault/managedHSMs/kv-a`,
  uri: 'https://kv-a.managedhsm.azure.net',
};

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  // undefined has no JSON.
  body: JSON.stringify(value ?? null),
});

/** The tenants and subscriptions of the account. */
export const ownTenants = json({ value: [{ id: `/tenants/${tenantId}`, tenantId, displayName: 'Contoso' }] });
export const ownSubscriptions = json({
  value: [{ id: `/subscriptions/${subscriptionId}`, subscriptionId, displayName: 'Production', tenantId }],
});

const accounts: Accounts = {
  list: () => Promise.resolve([{ id: 'a', label: 'ada@contoso.example' }]),
  token: () => Promise.resolve({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const log = { trace: () => undefined, info: () => undefined };
/** Without waits, so that many cases take little time. */
const limits = { retryMs: 0, operationMs: 20, pages: 5 };

/** Calls Azure while `answer` answers every request, without a network. */
export async function againstArm<T>(answer: (request: Request) => Answer, call: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof globalThis.Request ? input.url : input);
    const { status, headers, body } = answer({
      method: init?.method ?? 'GET',
      url,
      body: typeof init?.body === 'string' ? init.body : '',
    });
    return Promise.resolve(new Response(status === 204 ? null : body, { status, headers: { ...headers } }));
  };
  try {
    return await call();
  } finally {
    globalThis.fetch = real;
  }
}

/** A connection that has read nothing yet. */
export const connection = (): Azure => connect(publicCloud, accounts, { log }, limits);
