import { type DialogContext, DialogSet, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import type { TurnContext } from 'botbuilder';
import type { AdaptiveCard } from '../cards/bind';
import type { GuidedDialog, Start } from '../dialogs/guidedDialog';
import type { Turn } from '../dialogs/turn';
import type { KeptConversationState } from '../storage/keptConversationState';
import { StateConflictError } from '../storage/tableBotState';

/** The guided dialogs of one private chat, and what is kept of them between turns. */
export class Conversation {
  private readonly set: DialogSet;

  constructor(
    private readonly state: KeptConversationState,
    private readonly dialogs: readonly GuidedDialog<object>[],
  ) {
    this.set = new DialogSet(state.createProperty('dialogs'));
    for (const dialog of dialogs) this.set.add(dialog);
  }

  /** Reads what was kept, ahead of its use: it is needed beside other reads. */
  async load(context: TurnContext): Promise<void> {
    await this.state.load(context);
  }

  async begin<Draft extends object>(context: TurnContext, id: string, start: Start<Draft>): Promise<DialogAnswer> {
    const dc = await this.set.createContext(context);
    await dc.cancelAllDialogs();
    return answerOf(await dc.beginDialog(id, start));
  }

  /** Leaves the dialog under way; undefined when none is. */
  async leave(context: TurnContext): Promise<DialogAnswer | undefined> {
    const dc = await this.set.createContext(context);
    const dialog = this.active(dc);
    return dialog && answerOf(await dialog.leave(dc, 'cancelled'));
  }

  /** Gives what was typed to the dialog under way; undefined when none is. */
  async typed(context: TurnContext): Promise<DialogAnswer | undefined> {
    const dc = await this.set.createContext(context);
    return this.active(dc) && answerOf(await dc.continueDialog());
  }

  /** Gives a press to the dialog whose button it is; undefined when it is none's. */
  async pressed(context: TurnContext, turn: Turn): Promise<DialogAnswer | undefined> {
    const { input } = turn;
    if ('text' in input) return undefined;
    const dc = await this.set.createContext(context);
    const owner = [this.active(dc), ...this.dialogs].find((dialog) => dialog?.verbs.includes(input.verb));
    if (!owner) return undefined;
    if (owner === this.active(dc)) return answerOf(await dc.continueDialog());
    return { card: await owner.cardOfOtherRun(turn, input.data), isClosed: false };
  }

  /**
   * Keeps where the dialogs are. Of two turns at once only one is kept: then the other's answer is the step that
   * the person is at now. An answer that closes a dialog stands whatever becomes of this write: what it says was
   * committed to the ledger, and its press will find it there.
   */
  async save(context: TurnContext, answer: DialogAnswer, onLost: (error: unknown) => void): Promise<DialogAnswer> {
    try {
      await this.state.saveChanges(context);
      return answer;
    } catch (error) {
      if (answer.isClosed) {
        onLost(error);
        return answer;
      }
      if (!(error instanceof StateConflictError)) throw error;
      return { card: (await this.current(context)) ?? answer.card, isClosed: false };
    }
  }

  private async current(context: TurnContext): Promise<AdaptiveCard | undefined> {
    await this.state.load(context, true);
    const dc = await this.set.createContext(context);
    return this.active(dc)?.showAgain(dc);
  }

  private active(dc: DialogContext): GuidedDialog<object> | undefined {
    return this.dialogs.find(({ id }) => id === dc.activeDialog?.id);
  }
}

/** A card, and whether it closes what its predecessors began. */
export interface DialogAnswer {
  readonly card: AdaptiveCard;
  readonly isClosed: boolean;
}

function answerOf({ status, result }: DialogTurnResult<AdaptiveCard>): DialogAnswer {
  if (!result) throw new Error('a dialog answered without a card');
  return { card: result, isClosed: status === DialogTurnStatus.complete };
}
