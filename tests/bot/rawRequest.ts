import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * What a server on this machine answers to these lines, which need not be HTTP, up to where it closes the
 * connection: the first line of its answer, and all that comes after the head.
 */
export async function rawRequest(url: string, lines: readonly string[], body = '') {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The server may have answered and gone before all is written.
  socket.on('error', () => {});
  socket.write([...lines, '', body].join('\r\n'));
  const [head = '', ...rest] = (await text(socket)).split('\r\n\r\n');
  return { status: head.split('\r\n')[0] ?? '', text: rest.join('\r\n\r\n') };
}
