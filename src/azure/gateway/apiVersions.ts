import type { ArmError } from '../../core/armError';
import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

const serverKeyPath = /\/providers\/Microsoft\.Sql\/servers\/[^/]+\/(keys|encryptionProtector)\b/i;
/** A versionless server key is named vault_key, any other vault_key_version. */
const versionlessKeyPath = /\/keys\/[^/_]+_[^/_]+$/i;
/** Stable versions, newest first. The first returns the version of a key and accepts versionless keys. */
const versions = ['2025-01-01', '2023-08-01', '2021-11-01'] as const;

/**
 * Sets the api-version of server keys and the TDE protector. If a cloud doesn't have a version, all later requests of the
 * connection use an older one. The creation of a versionless server key needs the newest.
 */
export function serverKeyApiVersionPolicy(): PipelinePolicy {
  let known = 0;
  return {
    name: 'sqlServerKeysApiVersion',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      if (!serverKeyPath.test(url.pathname)) {
        return next(request);
      }
      const send = async (index: number): Promise<PipelineResponse> => {
        url.searchParams.set('api-version', versions[index] ?? versions[0]);
        request.url = url.href;
        return next(request);
      };
      if (request.method === 'PUT' && versionlessKeyPath.test(url.pathname)) {
        return send(0);
      }
      let index = known;
      let response = await send(index);
      while (refusesVersion(response) && index + 1 < versions.length) {
        index += 1;
        response = await send(index);
      }
      known = Math.max(known, index);
      return response;
    },
  };
}

/** The codes for an api-version that a cloud doesn't have. ARM sends the first for changes and the last for reads. */
const refusals = ['NoRegisteredProviderFound', 'InvalidApiVersionParameter', 'InvalidResourceType'];

export const isVersionRefusal = ({ code }: Pick<ArmError, 'code'>): boolean => refusals.includes(code);

function refusesVersion(response: PipelineResponse): boolean {
  const text = response.status === 400 || response.status === 404 ? (response.bodyAsText ?? '') : '';
  return refusals.some((code) => text.includes(`"${code}"`));
}
