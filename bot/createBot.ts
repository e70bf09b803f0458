import type { Logger } from 'pino';
import type { Ports } from '../benefits/ports';
import { KeptConversationState } from '../storage/keptConversationState';
import type { Tables } from '../storage/tables';
import type { Config } from './config';
import { Conversation } from './conversation';
import { Uploads } from './files/uploads';
import { PartnerBenefitsBot } from './partnerBenefitsBot';
import { dialogs } from './routes';
import type { TurnLogic } from './teamsAdapter';
import type { TurnEnd } from './telemetry';
import { aSecond, type Patience } from './typing';

/**
 * @param portsOf what use cases are handed, for one company
 * @param more.onTurn told how each turn ended
 * @param more.uploads the files under way, for who ends the bot
 * @param more.patience how long somebody waits before the bot is seen typing
 */
export function createBot(
  config: Pick<Config, 'accountAdmins' | 'partnerLinks' | 'files'>,
  tables: Tables,
  log: Logger,
  portsOf: (tenantId: string) => Ports,
  {
    onTurn,
    patience = aSecond,
    uploads = new Uploads(log),
  }: {
    readonly onTurn?: (end: TurnEnd) => void;
    readonly patience?: Patience;
    readonly uploads?: Uploads;
  } = {},
): TurnLogic {
  const bot = new PartnerBenefitsBot({
    conversation: new Conversation(new KeptConversationState(tables.botState), dialogs),
    portsOf,
    isFirstAdmin: (tenantId) => (id) =>
      config.accountAdmins.some((admin) => admin.id === id && (admin.tenantId ?? tenantId) === tenantId),
    links: config.partnerLinks,
    files: config.files,
    uploads,
    log,
    onTurn,
    patience,
  });
  return bot.run;
}
