// Runs in a bot before its own code: says on stderr where each connection goes, and lets none leave this machine.
import { Socket } from 'node:net';

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...args) {
  const [first, second] = args.flat();
  const { host = 'localhost', port } = typeof first === 'object' ? first : { port: first, host: second };
  process.stderr.write(`connects to ${host}:${port}\n`);
  if (host === '127.0.0.1') return connect.apply(this, args);
  const error = Object.assign(new Error(`connect ENETUNREACH ${host}:${port}`), { code: 'ENETUNREACH' });
  process.nextTick(() => this.destroy(error));
  return this;
};
