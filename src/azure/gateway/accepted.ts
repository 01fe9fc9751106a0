import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { GatewayHost } from './host';

/** Tells the address of each long-running operation that a request starts, if it is one of the cloud's Resource Manager. */
export function acceptedPolicy(resourceManager: string, { onAccepted }: GatewayHost): PipelinePolicy {
  const { origin } = new URL(resourceManager);
  return {
    name: 'sqlServerKeysAccepted',
    async sendRequest(request, next) {
      const response = await next(request);
      const { status, headers } = response;
      const url = headers.get('azure-asyncoperation') ?? headers.get('location') ?? '';
      const isStarted = request.method !== 'GET' && status < 300 && URL.canParse(url);
      if (isStarted && new URL(url).origin === origin) onAccepted?.(url);
      return response;
    },
  };
}
