import { Socket } from 'node:net';

/** Where every TCP connection of this process goes that is opened from now on, with TLS or without: "host:port". */
export function watchConnections() {
  // Not a stand-in: the connection is made as it would be.
  const connect = jest.spyOn(Socket.prototype, 'connect');
  return {
    opened: (): string[] => connect.mock.calls.map(targetOf),
    stop: () => connect.mockRestore(),
  };
}

/** Node itself hands over an array of options; others give options, or a port and a host. */
function targetOf(args: readonly unknown[]): string {
  const [first, second] = args.flat();
  const named = typeof first === 'object' && first !== null ? { ...first } : { port: first, host: second };
  const { host = 'localhost', port, path } = named as { host?: unknown; port?: unknown; path?: unknown };
  return port === undefined ? String(path) : `${String(host)}:${String(port)}`;
}
