import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onLoopback } from '../bot/loopback';

/** What Teams hands the bot for a file that somebody allows. */
export interface UploadInfo {
  readonly name: string;
  readonly contentUrl: string;
  readonly uploadUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

interface Session {
  readonly info: UploadInfo;
  bytes: Buffer;
}

type Answer = (response: ServerResponse) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    reply(response, status, undefined, headers);
export const hangs: Answer = () => {};

/** (restify's `writeHead` returns nothing.) */
function reply(
  response: ServerResponse,
  status: number,
  body?: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** All but the last piece of an upload must be a multiple of this. */
const UNIT = 320 * 1024;

/** People's OneDrive on loopback: files are downloaded from it, and uploaded in pieces as its upload sessions want it. */
export class OneDrive {
  /** Each request, as method and what of it is said of bytes. */
  readonly asked: string[] = [];
  /** What answers instead, one request each. */
  readonly instead: Answer[] = [];
  /** Whoever has one of these may read or write a file. */
  readonly capabilities: string[] = [];
  /** What was uploaded wholly, by unique id. */
  readonly uploaded = new Map<string, Buffer>();
  private readonly shared = new Map<string, Uint8Array>();
  private readonly sessions = new Map<string, Session>();

  private constructor(private readonly server: { readonly url: string; close(): Promise<void> }) {}

  static async start(): Promise<OneDrive> {
    const server = await onLoopback((request, response) => void drive.handle(request, response));
    const drive = new OneDrive(server);
    return drive;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** @returns where it can be downloaded */
  shares(bytes: Uint8Array): string {
    const capability = this.newCapability();
    this.shared.set(capability, bytes);
    return `${this.server.url}/download?tempauth=${capability}`;
  }

  makesRoom(name: string): UploadInfo {
    const capability = this.newCapability();
    const info = {
      name,
      contentUrl: `${this.server.url}/Documents/${encodeURIComponent(name)}`,
      uploadUrl: `${this.server.url}/uploadSession?tempauth=${capability}`,
      uniqueId: randomUUID(),
      fileType: name.split('.').at(-1) ?? '',
    };
    this.sessions.set(capability, { info, bytes: Buffer.alloc(0) });
    return info;
  }

  private newCapability(): string {
    const capability = randomUUID();
    this.capabilities.push(capability);
    return capability;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const range = headers['content-range'];
    this.asked.push([method, range].filter((part) => part !== undefined).join(' '));
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const instead = this.instead.shift();
    if (instead) return instead(response);
    const capability = new URL(request.url ?? '', this.server.url).searchParams.get('tempauth') ?? '';
    if (method === 'GET') {
      const bytes = this.shared.get(capability);
      reply(response, bytes ? 200 : 404, bytes);
    } else {
      reply(response, this.take(capability, range, Buffer.concat(body)), '{}');
    }
  }

  private take(capability: string, range = '', body: Buffer): number {
    const session = this.sessions.get(capability);
    if (!session) return 404;
    const [from = -1, to = -1, total = -1] =
      /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range)?.slice(1).map(Number) ?? [];
    if (from !== session.bytes.length || to - from + 1 !== body.length) return 416;
    session.bytes = Buffer.concat([session.bytes, body]);
    if (session.bytes.length < total) return body.length % UNIT === 0 ? 202 : 400;
    this.uploaded.set(session.info.uniqueId, session.bytes);
    this.sessions.delete(capability);
    return 201;
  }
}
