import type { Stored } from '../benefits/model';
import type { DueOf } from '../benefits/work';
import { ConflictError, type Ports } from '../benefits/ports';
import { button } from '../cards/buttons';
import { messageCard } from '../cards/message/message';
import type { SendResult, TeamsChannel } from './channel';
import { textsFor } from './readersTexts';

/** Tried for so long; then whoever left the card standing has long closed it. */
const TRIED_FOR_MS = 24 * 3600_000;

/**
 * Writes a card without keys over the message that shows them, and takes that off the list.
 * @returns how Teams took it; the work stays on the list when it is to be tried again
 */
export async function hideKeys(
  ports: Ports,
  due: Stored<DueOf<'hideKeys'>>,
  teams: TeamsChannel,
): Promise<SendResult> {
  const { ledger } = ports;
  const [reader, benefit, isDue] = await Promise.all([
    ledger.person(due.userId),
    ledger.benefit(due.benefitId),
    ledger.dueWorkById(due.at, due.id),
  ]);
  // The person has gone on meanwhile.
  if (!isDue) return { outcome: 'sent' };
  const reference = reader?.chat?.reference;
  const result: SendResult =
    reader && reference
      ? await teams.update(reference, due.messageId, await hiddenCard())
      : { outcome: 'unreachable', reason: 'neverOpened' };
  const isOld = ports.now().getTime() - Date.parse(due.claimedAt) > TRIED_FOR_MS;
  // Unreachable: the message or the chat isn't there any more, or nobody can see it.
  const isOver = result.outcome === 'sent' || result.outcome === 'unreachable' || isOld;
  if (isOver) await takeOff();
  return isOver ? { outcome: 'sent' } : result;

  async function hiddenCard() {
    const t = await textsFor(ports, reader);
    const buttons = [button(t, 'keys', { benefitId: due.benefitId }), button(t, 'help')];
    const name = benefit?.name ?? { en: due.benefitId };
    return messageCard(t, t('keys.title', { benefit: name }), [t('keys.gone')], buttons);
  }

  async function takeOff(): Promise<void> {
    try {
      await ledger.commit([{ of: 'due', before: due }]);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error; // the person has gone on at the same moment
    }
  }
}
