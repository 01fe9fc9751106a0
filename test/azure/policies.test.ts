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

/** The SDKs' own pipeline with our policies; every address answers with a redirect to the next. */
function pipeline() {
  const { pipeline: own, asked, transport } = recording();
  for (const { policy, position } of policies(publicCloud, () => undefined, 1000)) {
    own.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Retry' } : {});
  }
  const send = (url: string) => own.sendRequest(transport, createPipelineRequest({ url }));
  return { send, asked };
}

function recording() {
  const asked: string[] = [];
  const transport: HttpClient = {
    sendRequest(request) {
      asked.push(request.url);
      const headers = createHttpHeaders({ location: 'https://elsewhere.example/next' });
      return Promise.resolve({ request, status: 307, headers });
    },
  };
  return { pipeline: createPipelineFromOptions({}), asked, transport };
}

describe('the token of the user', () => {
  it('does not go to another host that an answer names for polling or the next page', async () => {
    const { send, asked } = pipeline();
    assert.equal((await failureOf(send('https://management.azure.com.evil.example/poll'))).code, 'UnexpectedHost');
    assert.deepEqual(asked, []);
  });
});
