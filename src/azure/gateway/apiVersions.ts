import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

const serverKeyPath = /\/providers\/Microsoft\.Sql\/servers\/[^/]+\/(keys|encryptionProtector)\b/i;
/** A versionless server key is named vault_key, any other vault_key_version. */
const versionlessKeyPath = /\/keys\/[^/_]+_[^/_]+$/i;
const versions = { versionless: '2025-01-01', newest: '2023-08-01', fallback: '2021-11-01' };

/**
 * Sets the api-version of server keys and the TDE protector. @azure/arm-sql uses 2020-11-01-preview; 2023-08-01 is the
 * stable version with the documented error list. If a cloud doesn't have it yet, all later requests use 2021-11-01.
 * Versionless server keys need 2025-01-01 and have no fallback.
 */
export function serverKeyApiVersionPolicy(): PipelinePolicy {
  let version = versions.newest;
  return {
    name: 'sqlServerKeysApiVersion',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      if (!serverKeyPath.test(url.pathname)) {
        return next(request);
      }
      const send = (wanted: string): Promise<PipelineResponse> => {
        url.searchParams.set('api-version', wanted);
        request.url = url.href;
        return next(request);
      };
      if (versionlessKeyPath.test(url.pathname)) {
        return send(versions.versionless);
      }
      const response = await send(version);
      if (version === versions.newest && refusesVersion(response)) {
        version = versions.fallback;
        return send(version);
      }
      return response;
    },
  };
}

function refusesVersion(response: PipelineResponse): boolean {
  const text = response.status === 400 || response.status === 404 ? response.bodyAsText : undefined;
  return /"(NoRegisteredProviderFound|InvalidApiVersionParameter|InvalidResourceType)"/.test(text ?? '');
}
