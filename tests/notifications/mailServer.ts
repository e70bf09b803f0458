import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server says to the next command of a kind, instead of taking it. */
interface Script {
  rcpt?: number;
  data?: number;
  auth?: number;
  /** Told about a recipient, who is then never answered. */
  stuck?: () => void;
}

/** A real mail server on this machine, and what has arrived there. */
export async function startMailServer(options: SMTPServerOptions = {}) {
  const arrived: ParsedMail[] = [];
  const script: Script = {};
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    closeTimeout: 1,
    onRcptTo({ address }, _session, answer) {
      if (script.stuck) script.stuck();
      else answer(refusal(script.rcpt, address));
    },
    onData(stream, _session, answer) {
      void simpleParser(stream).then((mail) => {
        if (!script.data) arrived.push(mail);
        answer(refusal(script.data, 'the message'));
      });
    },
    onAuth({ username, password }, _session, answer) {
      if (script.auth) answer(refusal(script.auth, `${username} ${password}`));
      else answer(null, { user: username });
    },
    ...options,
  });
  // A client that goes away in the middle isn't the server's trouble.
  server.on('error', () => {});
  const port = await listen(server.listen(0, '127.0.0.1'));
  return {
    port,
    arrived,
    script,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

/** A server that takes connections and does with them what it's told. */
export async function startRawServer(greet: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    greet(socket);
  });
  const port = await listen(server.listen(0, '127.0.0.1'));
  return {
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

/** Name and address of everybody that a mail is to. */
export function recipientsOf({ to }: ParsedMail) {
  const headers: AddressObject[] = Array.isArray(to) ? to : to ? [to] : [];
  return headers.flatMap(({ value }) => value.map(({ name, address }) => ({ name, address })));
}

function refusal(code: number | undefined, about: string): Error | null {
  return code ? Object.assign(new Error(`5.7.1 No, not ${about}`), { responseCode: code }) : null;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.once('listening', () => resolve((server.address() as AddressInfo).port)),
  );
}
