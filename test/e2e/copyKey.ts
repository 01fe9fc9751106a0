import { readFileSync } from 'node:fs';
import type { EmulatorInfo } from '../emulator/emulatorProcess';
import { managedIdentityToken, send, type HttpAnswer } from '../contract/armClient';

/** Copies a key to another vault, as the command of a standby key does: backs it up in one vault and restores it in the other. */
export async function copyKey(info: EmulatorInfo, from: string, key: string, to: string): Promise<HttpAnswer> {
  const token = await managedIdentityToken(info, 'https://vault.azure.net');
  const post = (vault: string, path: string, body: object): Promise<HttpAnswer> =>
    send('POST', `${info.arm}${path}?api-version=7.4`, {
      ca: readFileSync(info.ca),
      headers: { host: `${vault}.vault.azure.net`, authorization: `Bearer ${token}` },
      body,
    });
  const { body } = await post(from, `/keys/${key}/backup`, {});
  return post(to, '/keys/restore', { value: body.value });
}
