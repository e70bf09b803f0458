// npm start: everything that Partner Benefits needs, on this machine, on loopback only.
import { join } from 'node:path';
import { build, checkNode, install, root } from './prepare.mjs';

checkNode();
install();
build();
// Made by the build.
const { default: pieces } = await import('../dist/scripts/pieces.js');

const data = join(root, '.data');
const logFile = (name) => join(data, 'logs', `${name}.log`);

const ports = {
  STORAGE_PORT: portFrom('STORAGE_PORT', 10002),
  PORT: portFrom('PORT', 3978),
  ADMIN_PORT: portFrom('ADMIN_PORT', 56150),
  EMPLOYEE_PORT: portFrom('EMPLOYEE_PORT', 56151),
};
await checkPorts();

let stopping = false;
let lastSignal = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
// Between npm and us is a shell, which dies of the SIGTERM that npm hands on, and says nothing to us.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid === parent || stopping || onSignal(), 500).unref();
}

try {
  const storage = await step('storage (Azurite)', () =>
    pieces.startAzurite({ port: ports.STORAGE_PORT, folder: join(data, 'azurite'), log: logFile('azurite') }),
  );
  await step('sample company', () =>
    pieces.importSample({ storage: storage.connectionString, log: logFile('import') }),
  );
  const bot = await step('bot', () =>
    pieces.startBot({ port: ports.PORT, storage: storage.connectionString, log: logFile('bot') }),
  );
  const window = (who, port) =>
    step(`${who}'s window (Agents Playground)`, () =>
      pieces.startPlayground({
        config: `samples/playground-${who}.yml`,
        port,
        botPort: bot.port,
        log: logFile(`${who}-window`),
      }),
    );
  const admin = await window('admin', ports.ADMIN_PORT);
  const employee = await window('employee', ports.EMPLOYEE_PORT);
  welcome(admin.port, employee.port);
  // Nothing ends by itself but by a fault.
  const fault = await Promise.race([storage, bot, admin, employee].map((piece) => piece.ended));
  if (!stopping) await giveUp(fault);
} catch (error) {
  if (!stopping) await giveUp(error.message);
}

/** Starts the next piece, unless Ctrl-C came meanwhile. */
async function step(name, start) {
  if (stopping) throw new Error('stopping');
  console.log(`Starting ${name} …`);
  return start();
}

async function giveUp(reason) {
  stopping = true;
  console.error(`\n${reason}\n`);
  await pieces.stopAll();
  process.exit(1);
}

async function onSignal() {
  // npm hands Ctrl-C on to us, and the terminal sends it too: two at once are one.
  const again = Date.now() - lastSignal > 500;
  lastSignal = Date.now();
  if (!stopping) {
    stopping = true;
    console.log('\nStopping …');
    await pieces.stopAll();
    process.exit(0);
  } else if (again) {
    pieces.killAll();
    process.exit(1);
  }
}

function portFrom(name, usual) {
  const text = process.env[name] || `${usual}`;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  console.error(`${name}=${text} is not a port: give a number from 1 to 65535.`);
  process.exit(1);
}

async function checkPorts() {
  const given = Object.entries(ports);
  for (const [name, port] of given) {
    const twin = given.find(([other, its]) => other !== name && its === port);
    if (!twin && (await pieces.isFree(port))) continue;
    const why = twin ? `is ${twin[0]} too` : 'is taken, perhaps by another npm start';
    console.error(
      `Port ${port} (${name}) ${why}. Free it, or choose another: ${name}=${port + 100} npm start`,
    );
    process.exit(1);
  }
}

function welcome(adminPort, employeePort) {
  console.log(`
Partner Benefits is running. Open two browser windows, each is another person of Contoso:

  http://127.0.0.1:${adminPort}   Adele Vance, benefits admin      say: assign
  http://127.0.0.1:${employeePort}   Alex Wilber, employee            say: what's assigned to me

Logs are in .data/logs/. Ctrl-C stops everything.`);
}
