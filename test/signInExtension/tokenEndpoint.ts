import { request } from 'node:https';
import type { Asked } from './asked';

export interface Granted {
  access_token: string;
  /** Seconds. */
  expires_in: number;
  refresh_token: string;
  client_info: string;
}

/** Entra's error code for a missing second factor. */
export const secondFactorNeeded = 50076;

export class TokenRefused extends Error {
  constructor(
    message: string,
    readonly codes: readonly number[],
  ) {
    super(message);
  }
}

interface Answer extends Granted {
  error_description?: string;
  error_codes?: number[];
}

/** Uses node:https because, unlike the global fetch, it trusts the certificates of NODE_EXTRA_CA_CERTS. */
function post(url: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const call = request(url, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => {
        try {
          resolve(JSON.parse(text) as Answer);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(text));
        }
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Requests a token from the directory at `authority`. `proof` is the grant type with its parameters. */
export async function requestToken(authority: string, asked: Asked, proof: Record<string, string>): Promise<Granted> {
  const form = new URLSearchParams({
    client_id: asked.clientId,
    scope: `${asked.scope} openid profile offline_access`,
    client_info: '1',
    ...(asked.claims !== undefined && { claims: asked.claims }),
    ...proof,
  });
  const answer = await post(`${authority}/${asked.tenant}/oauth2/v2.0/token`, form.toString());
  if (answer.error_description !== undefined) {
    throw new TokenRefused(answer.error_description, answer.error_codes ?? []);
  }
  return answer;
}
