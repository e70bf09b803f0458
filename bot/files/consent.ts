import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Logger } from 'pino';
import { mustBeActive } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { cardMessage } from '../../cards/cardMessage';
import type { AdaptiveCard } from '../../cards/bind';
import type { Turn } from '../../dialogs/turn';
import type { FilesConfig } from '../fileSettings';
import { tenantOf } from '../speaker';
import { afterAnswer } from '../teamsAdapter';
import { infoMessage, type StoredFile } from './consentCards';
import { fileCard } from './fileCards';
import { KINDS, offers } from './offers';
import { sendFile, type Shipment } from './sendFile';
import type { Uploads } from './uploads';

export interface ConsentParts {
  readonly files: FilesConfig;
  readonly uploads: Uploads;
  readonly log: Logger;
}

const text = z.string().max(4_000);
const context = z.object({ what: z.enum(KINDS), details: z.record(z.string(), text) });
const answer = z.discriminatedUnion('action', [
  z.object({ action: z.literal('decline'), context }),
  z.object({
    action: z.literal('accept'),
    context,
    uploadInfo: z.object({ name: text, contentUrl: text, uploadUrl: text, uniqueId: text, fileType: text }),
  }),
]);

/**
 * Yes or no to a file that was offered. Nothing in it is believed: who may have the file is asked anew, and where to
 * is checked. After a yes the file is made once the answer is out.
 * @param turn with ports that outlive it
 * @throws BenefitError `unknownId`, `youAreInactive`, or as the file's maker does
 * @returns what takes the place of the question at once
 */
export async function consentGiven(
  teams: TurnContext,
  { person, ports, t }: Pick<Turn, 'person' | 'ports' | 't'>,
  parts: ConsentParts,
): Promise<AdaptiveCard | undefined> {
  const { activity } = teams;
  mustBeActive(person.user);
  const { data } = answer.safeParse(activity.value);
  if (!data) throw new BenefitError('unknownId');
  const offer = data.context;
  if (data.action === 'decline') return fileCard('declined', offer, t);

  const file = await offers[offer.what].make({ user: person.user, details: offer.details, ports, t });
  const { uploadUrl, ...stored } = data.uploadInfo;
  const tenantId = tenantOf(activity);
  const yes = [tenantId, activity.conversation.id, activity.replyToId ?? stored.uniqueId].join('!');
  const reference = () => ports.random(4).toUpperCase();
  afterAnswer(teams, async (lasting) => {
    const chat = new QuestionInChat(lasting, parts.log);
    const shipment: Shipment = { offer, file, stored, uploadUrl, t, chat };
    const begun = parts.uploads.begin(`${tenantId}!${person.user.id}`, yes, (stopping) =>
      sendFile(shipment, { ...parts, reference }, stopping),
    );
    if (begun === 'busy') await chat.shows(fileCard('busy', offer, t));
  });
  return undefined;
}

/** The message that asked, in whose place stands what came of it. */
export class QuestionInChat {
  private id: string | undefined;

  /** @param context one that outlives the turn */
  constructor(
    private readonly context: TurnContext,
    private readonly log: Logger,
  ) {
    this.id = context.activity.replyToId;
  }

  /** In a message of its own where the question can't be written over. Never throws: nobody is left who could be told. */
  async shows(card: AdaptiveCard): Promise<void> {
    if (!(await this.writesOver(card))) await this.says(card);
  }

  private async writesOver(card: AdaptiveCard): Promise<boolean> {
    const { id } = this;
    if (id === undefined) return false;
    const { conversation } = this.context.activity;
    try {
      await this.context.updateActivity({ ...cardMessage(card), id, conversation });
      return true;
    } catch (err) {
      this.log.debug({ err }, 'a question about a file was not written over');
      return false;
    }
  }

  private async says(card: AdaptiveCard): Promise<void> {
    try {
      this.id = (await this.context.sendActivity(cardMessage(card)))?.id;
    } catch (err) {
      this.log.warn({ err }, 'what became of a file was not told');
    }
  }

  async gets(file: StoredFile): Promise<void> {
    await this.context.sendActivity(infoMessage(file));
  }
}
