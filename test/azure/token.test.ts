import assert from 'node:assert/strict';
import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import { publicCloud } from '../../src/core/clouds';
import { gateway } from '../../src/azure/gateway/gateway';
import { defaultLimits } from '../../src/azure/gateway/limits';
import { failureOf } from './connection';

/** The pipeline of the gateway. Every URL answers with a redirect. */
function pipeline() {
  const { requested, transport } = recording();
  const host = { log: { trace: () => undefined, info: () => undefined } };
  const getToken = () => Promise.resolve({ token: 'secret', expiresOnTimestamp: Date.now() + 3_600_000 });
  const { options } = gateway(publicCloud, host, defaultLimits)({ getToken });
  const send = (url: string) => options.pipeline.sendRequest(transport, createPipelineRequest({ url }));
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
  return { requested, transport };
}

describe('the access token', () => {
  it('is not sent to another host, even if a response names it for polling or for the next page', async () => {
    const { send, requested } = pipeline();
    assert.equal((await failureOf(send('https://management.azure.com.evil.example/poll'))).code, 'UnexpectedHost');
    assert.deepEqual(requested, []);
  });

  it('is not sent to the address of a redirect', async () => {
    const { send, requested } = pipeline();
    assert.equal((await failureOf(send('https://management.azure.com/subscriptions'))).status, 307);
    assert.deepEqual(requested, ['https://management.azure.com/subscriptions']);
  });
});
