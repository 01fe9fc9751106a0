import assert from 'node:assert/strict';
import {
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { publicCloud } from '../../src/core/clouds';
import { policies } from '../../src/azure/policies';
import { failureOf } from './connection';

/** The pipeline of the SDKs with the policies of this extension. Every URL answers with a redirect. */
function pipeline() {
  const { pipeline: sdk, requested, transport } = recording();
  for (const { policy, position } of policies(publicCloud, () => undefined, 1000)) {
    sdk.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Retry' } : {});
  }
  const send = (url: string) => sdk.sendRequest(transport, createPipelineRequest({ url }));
  return { send, requested };
}

function recording() {
  const requested: string[] = [];
  const transport: HttpClient = {
    sendRequest(request) {
      requested.push(request.url);
      const headers = createHttpHeaders({ location: 'https://elsewhere.example/next' });
      return Promise.resolve({ request, status: 307, headers });
    },
  };
  return { pipeline: createPipelineFromOptions({}), requested, transport };
}

describe('the access token', () => {
  it('is not sent to another host, even if a response names it for polling or for the next page', async () => {
    const { send, requested } = pipeline();
    assert.equal((await failureOf(send('https://management.azure.com.evil.example/poll'))).code, 'UnexpectedHost');
    assert.deepEqual(requested, []);
  });
});
