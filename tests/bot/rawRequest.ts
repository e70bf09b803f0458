import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * What a server on this machine answers to these lines, which need not be HTTP, up to where it closes the
 * connection: the first line of its answer, and all that comes after the head. Both are empty when it has closed
 * before all was written and the answer was lost with the connection.
 */
export async function rawRequest(url: string, lines: readonly string[], body = '') {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write([...lines, '', body].join('\r\n'));
  const [head = '', ...rest] = (await text(socket).catch(nothingIfGone)).split('\r\n\r\n');
  return { status: head.split('\r\n')[0] ?? '', text: rest.join('\r\n\r\n') };
}

function nothingIfGone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return '';
  throw error;
}
