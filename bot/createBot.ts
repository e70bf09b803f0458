import type { Logger } from 'pino';
import type { Ports } from '../benefits/ports';
import { KeptConversationState } from '../storage/keptConversationState';
import type { Tables } from '../storage/tables';
import type { Config } from './config';
import { Conversation } from './conversation';
import { PartnerBenefitsBot } from './partnerBenefitsBot';
import { dialogs } from './routes';
import type { TurnLogic } from './teamsAdapter';
import type { TurnEnd } from './telemetry';
import { aSecond, type Patience } from './typing';

/**
 * @param portsOf what use cases are handed, for one company
 * @param more.onTurn told how each turn ended
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
  }: { readonly onTurn?: (end: TurnEnd) => void; readonly patience?: Patience } = {},
): TurnLogic {
  const bot = new PartnerBenefitsBot({
    conversation: new Conversation(new KeptConversationState(tables.botState), dialogs),
    portsOf,
    isFirstAdmin: (tenantId) => (id) =>
      config.accountAdmins.some((admin) => admin.id === id && (admin.tenantId ?? tenantId) === tenantId),
    links: config.partnerLinks,
    files: config.files,
    log,
    onTurn,
    patience,
  });
  return bot.run;
}
