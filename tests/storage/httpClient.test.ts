import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import { listening, type Loopback, onLoopback } from '../bot/loopback';
import { httpClient } from '../../storage/httpClient';

const servers: Loopback[] = [];
afterEach(async () => {
  for (const { close } of servers.splice(0)) await close();
});

async function serves(listener: RequestListener): Promise<string> {
  const server = await onLoopback(listener);
  servers.push(server);
  return server.url;
}

const sends = (url: string, options: { abortSignal?: AbortSignal } = {}, client: HttpClient = httpClient) =>
  client.sendRequest(
    createPipelineRequest({
      url,
      method: 'PUT',
      headers: createHttpHeaders({ 'X-Says': 'hello' }),
      body: 'é',
      allowInsecureConnection: true,
      ...options,
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
  await expect(sends(url, { abortSignal: over.signal })).rejects.toThrow('time is up');
});

it('sends nothing without TLS, unless it is told that it may', async () => {
  const request = createPipelineRequest({ url: 'http://127.0.0.1:1/' });
  await expect(httpClient.sendRequest(request)).rejects.toThrow('storage is not asked without TLS');
});

it('goes through the proxy that the environment names', async () => {
  const url = await serves((_request, response) => void response.end('there'));
  const asked: string[] = [];
  const proxy = createServer().on('connect', ({ url: target = '' }, socket) => {
    asked.push(target);
    const [host, port] = target.split(':');
    const through = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
  });
  const { url: proxyUrl, close } = await listening(proxy, 'http');
  servers.push({ url: proxyUrl, close });
  const before = process.env;
  let client = httpClient;
  process.env = { ...before, http_proxy: proxyUrl, no_proxy: '' };
  jest.isolateModules(() => {
    ({ httpClient: client } = jest.requireActual('../../storage/httpClient'));
  });
  process.env = before;
  expect((await sends(url, {}, client)).bodyAsText).toBe('there');
  expect(asked).toEqual([new URL(url).host]);
});
