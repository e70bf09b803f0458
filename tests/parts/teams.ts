import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { onLoopback } from '../bot/loopback';
import { OneDrive } from './oneDrive';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly email?: string;
  readonly userPrincipalName?: string;
  readonly userRole?: string;
  readonly tenantId?: string;
}

/** Somebody of a tenant, who has an address at Contoso unless something else is said. */
export function memberCalled(name: string, tenantId: string, about: Partial<Member> = {}): Member {
  const email = `${name.toLowerCase().replace(/\s+/g, '.')}@contoso.com`;
  return {
    id: `29:${randomUUID()}`,
    name,
    aadObjectId: randomUUID(),
    email,
    userPrincipalName: email,
    tenantId,
    ...about,
  };
}

export interface Message {
  readonly id: string;
  /** As it is stored; what a press put in its place is the presser's view only. */
  activity: SentActivity;
  /** How often it was written over. */
  updates: number;
}

export interface Refusal {
  readonly status: number;
  readonly code?: string;
  readonly headers?: Record<string, string>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

interface Attachment {
  readonly contentType?: string;
  readonly name?: string;
  readonly content: object;
}

interface SentActivity {
  readonly type?: string;
  readonly replyToId?: string;
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: string }[];
  };
  readonly summary?: string;
  readonly attachments?: readonly Attachment[];
}

/** What a bot meets of Teams, on loopback: it keeps what is sent to each conversation and knows who is in it. */
export class Teams {
  readonly conversations = new Map<string, Message[]>();
  readonly members = new Map<string, Member>();
  /** Answers a message to a conversation otherwise than by taking it; with a promise, as late as that resolves. */
  refuses?: (conversationId: string) => Refusal | undefined | Promise<Refusal | undefined>;
  /** All that was ever sent or written over a message. */
  readonly received: SentActivity[] = [];
  /** How often a person was looked up. */
  lookups = 0;

  private constructor(
    private readonly server: { readonly url: string; close(): Promise<void> },
    readonly oneDrive: OneDrive,
  ) {}

  static async start(): Promise<Teams> {
    const server = await onLoopback((request, response) => {
      void teams.handle(request).then(({ status, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      });
    });
    const teams = new Teams(server, await OneDrive.start());
    return teams;
  }

  get serviceUrl(): string {
    return this.server.url;
  }

  async close(): Promise<void> {
    await Promise.all([this.server.close(), this.oneDrive.close()]);
  }

  messagesOf(conversationId: string): Message[] {
    const messages = this.conversations.get(conversationId) ?? [];
    this.conversations.set(conversationId, messages);
    return messages;
  }

  private async handle(request: IncomingMessage): Promise<Answer> {
    const [, conversationId = '', what, id = ''] =
      /^\/v3\/conversations\/([^/]+)\/(activities|members)(?:\/([^/?]+))?/
        .exec(request.url ?? '')
        ?.map(decodeURIComponent) ?? [];
    if (what === 'members') return this.lookUp(id);
    const activity = (await bodyOf(request)) as SentActivity;
    this.received.push(activity);
    const refusal = await this.refuses?.(conversationId);
    if (refusal) return { ...refusal, body: { error: { code: refusal.code ?? 'Refused' } } };
    // Seen for a moment, and no message.
    if (activity.type === 'typing') return { status: 201, body: { id: randomUUID() } };
    if (request.method === 'POST') {
      const message = { id: randomUUID(), activity, updates: 0 };
      this.messagesOf(conversationId).push(message);
      return { status: 201, body: { id: message.id } };
    }
    const message = this.messagesOf(conversationId).find((each) => each.id === id);
    if (!message) return { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } };
    message.activity = activity;
    message.updates += 1;
    return { status: 200, body: { id } };
  }

  private lookUp(id: string): { status: number; body: object } {
    this.lookups += 1;
    const member = this.members.get(id);
    return member
      ? { status: 200, body: member }
      : { status: 404, body: { error: { code: 'MemberNotFoundInConversation' } } };
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}
