// Runs in the programs that scripts/program.ts starts, before their own code.
import { Server } from 'node:net';

// When whoever started it is gone without having stopped it (killed, a test runner that crashed), it ends itself,
// by the signal on which Azurite saves.
const starter = Number(process.env.STARTED_BY);
setInterval(() => process.ppid === starter || process.kill(process.pid, 'SIGINT'), 1000).unref();

// Agents Playground listens on all addresses, and asks nobody who they are.
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const everywhere = typeof port === 'number' && typeof rest[0] !== 'string';
  return everywhere ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest);
};
