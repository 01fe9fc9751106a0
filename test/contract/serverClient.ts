import assert from 'node:assert/strict';
import type { Server } from '../emulator/base/state';
import type { HttpAnswer } from './armClient';
import { findServer, keyBody, keyName, keyUri } from './demoIds';
import { freshEmulator, type FreshEmulator } from './freshEmulator';

/** Requests for the servers of the demo seed, by name. */
export interface ServerClient {
  azure: FreshEmulator;
  id: (server: string) => string;
  stateOf: (server: string) => Server;
  /** The key identifier of a vault key. `ordinal` counts versions from 1; the newest by default. */
  uriOf: (vault: string, key: string, ordinal?: number) => string;
  putKey: (server: string, uri: string) => Promise<HttpAnswer>;
  putProtector: (server: string, properties: object, name?: string, version?: string) => Promise<HttpAnswer>;
  /** Waits for the operation of an answer; fails unless it succeeds. */
  succeeds: (answer: Promise<HttpAnswer>) => Promise<void>;
}

/** Starts an emulator for a suite, with short operations. */
export function serverClient(): ServerClient {
  const azure = freshEmulator({ operationMs: 5 });
  const stateOf = (server: string) => findServer(azure.running.emulator.state, server);
  const id = (server: string) => stateOf(server).id;
  return {
    azure,
    id,
    stateOf,
    uriOf: (vault, key, ordinal) => keyUri(azure.running.emulator.state, vault, key, ordinal),
    putKey: (server, uri) => azure.arm.call('PUT', `${id(server)}/keys/${keyName(uri)}`, { body: keyBody(uri) }),
    putProtector: (server, properties, name = 'current', version = '2023-08-01') =>
      azure.arm.call('PUT', `${id(server)}/encryptionProtector/${name}?api-version=${version}`, {
        body: { properties },
      }),
    succeeds: async (answer) => {
      const poll = await azure.arm.finish(await answer);
      assert.equal(poll.body.status, 'Succeeded', poll.text);
    },
  };
}

/** The properties of a customer-managed TDE protector. */
export const customerManaged = (uri: string, autoRotationEnabled = false) => ({
  serverKeyType: 'AzureKeyVault',
  serverKeyName: keyName(uri),
  autoRotationEnabled,
});

/** Status and code of an error answer. */
export const refusal = ({ status, body }: HttpAnswer) => [status, body.error?.code];
