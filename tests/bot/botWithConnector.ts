import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalConfig } from '../../bot/config';
import type { TurnLogic } from '../../bot/teamsAdapter';
import { onLoopback } from './loopback';
import { startBot } from './runningBot';

interface Received {
  method: string;
  path: string;
  body: { text?: string };
}

/** The bot's settings in local mode, at any free port. */
export const localConfig: LocalConfig = {
  mode: 'local',
  port: 0,
  logLevel: 'silent',
  storage: { connectionString: 'UseDevelopmentStorage=true' },
  mail: { folder: '.data/mail', from: 'noreply@contoso.com' },
  keyEncryption: { keys: [] },
  graph: { url: 'https://graph.microsoft.com', syncedTenants: [] },
  files: { hosts: ['sharepoint.com'], isLoopbackAllowed: true },
  accountAdmins: [],
  partnerLinks: { membershipCenter: 'https://partner.example/', program: 'https://partner.example/' },
};

/** What a test may change while the bot runs. */
interface Script {
  /** What the bot does in a turn. */
  logic: TurnLogic;
  /** How the connector answers what the bot sends. */
  connectorAnswers: (response: ServerResponse, request: IncomingMessage) => void;
  isReady: () => Promise<boolean>;
}

/** The bot in local mode, and a connector that keeps what the bot sends. */
export async function startBotWithConnector() {
  const script: Script = {
    logic: async () => {},
    connectorAnswers: (response) => json(response, 200, { id: 'sent-1' }),
    isReady: async () => true,
  };
  const received: Received[] = [];
  const connector = await onLoopback((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '' } = request;
      received.push({ method, path, body: JSON.parse(body) as Received['body'] });
      script.connectorAnswers(response, request);
    });
  });
  const bot = await startBot({
    config: localConfig,
    logic: (context) => script.logic(context),
    isReady: () => script.isReady(),
  });

  /** A message from a person, but for the changes. */
  function activity(changes: object = {}) {
    return {
      type: 'message',
      id: 'in-1',
      channelId: 'msteams',
      serviceUrl: `${connector.url}/_connector`,
      text: 'hello',
      timestamp: '2025-06-02T12:00:00.000Z',
      from: { id: 'user' },
      recipient: { id: 'bot' },
      conversation: { id: 'chat', tenantId: 'tenant-1' },
      ...changes,
    };
  }

  return {
    ...bot,
    script,
    received,
    connectorUrl: connector.url,
    activity,
    async close() {
      await bot.close();
      await connector.close();
    },
  };
}

export type BotWithConnector = Awaited<ReturnType<typeof startBotWithConnector>>;

/** In two steps: restify patches every `writeHead` of the process, and its own returns nothing. */
export function reply(
  response: ServerResponse,
  status: number,
  body = '',
  headers: Record<string, string> = {},
) {
  response.writeHead(status, headers);
  response.end(body);
}

export function json(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  reply(response, status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of request) chunks.push(String(chunk));
  return chunks.join('');
}
