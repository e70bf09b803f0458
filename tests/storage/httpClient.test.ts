import type { RequestListener, ServerResponse } from 'node:http';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { httpClient } from '../../storage/httpClient';
import { type Loopback, onLoopback } from '../bot/loopback';

const servers: Loopback[] = [];
afterEach(async () => {
  for (const { close } of servers.splice(0)) await close();
});

async function serves(listener: RequestListener): Promise<string> {
  const server = await onLoopback(listener);
  servers.push(server);
  return server.url;
}

const sends = (url: string, abortSignal = new AbortController().signal) =>
  httpClient.sendRequest(
    createPipelineRequest({
      url,
      method: 'PUT',
      headers: createHttpHeaders({ 'X-Says': 'hello' }),
      body: 'é',
      allowInsecureConnection: true,
      abortSignal,
    }),
  );

it('brings the answer, whatever its status', async () => {
  const url = await serves((request, response) => {
    response.writeHead(409, {
      'x-heard': request.headers['x-says'],
      'x-long': request.headers['content-length'],
    });
    request.pipe(response);
  });
  const { status, headers, bodyAsText } = await sends(url);
  expect([status, headers.get('X-Heard'), headers.get('x-long'), bodyAsText]).toEqual([
    409,
    'hello',
    '2',
    'é',
  ]);
});

it('says as Node does why there was no answer: by that it is sent again', async () => {
  const url = await serves((request) => request.socket.destroy());
  await expect(sends(url)).rejects.toMatchObject({ name: 'RestError', code: 'ECONNRESET' });
  await servers.pop()?.close();
  await expect(sends(url)).rejects.toMatchObject({ name: 'RestError', code: 'ECONNREFUSED' });
});

it.each([
  ['before the answer', (_response: ServerResponse, done: () => void) => done()],
  ['within it', (response: ServerResponse, done: () => void) => void response.write('half', done)],
])('ends with its signal, %s', async (_when, begin) => {
  const over = new AbortController();
  const url = await serves((_request, response) =>
    begin(response, () => over.abort(new Error('time is up'))),
  );
  await expect(sends(url, over.signal)).rejects.toThrow('time is up');
});

it('sends nothing without TLS, unless it is told that it may', async () => {
  const request = createPipelineRequest({ url: 'http://127.0.0.1:1/' });
  await expect(httpClient.sendRequest(request)).rejects.toThrow('storage is not asked without TLS');
});
