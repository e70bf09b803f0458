import type { TurnContext } from 'botbuilder';
import { BenefitError } from '../benefits/errors';
import type { Ledger } from '../benefits/ports';
import type { AdaptiveCard } from '../cards/bind';
import { closedBefore } from '../dialogs/closing';
import { type GuidedDialog, placeOf } from '../dialogs/guidedDialog';
import {
  type DialogContext,
  DialogSet,
  type DialogTurnResult,
  DialogTurnStatus,
} from '../dialogs/sdkDialogs';
import type { Start } from '../dialogs/step';
import { idOf, type Input, type Turn, turnOf } from '../dialogs/turn';
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

  /** Begins to read what the answer will most likely want. @param name of the command or the button */
  readAhead(ledger: Ledger, name: string, input: Input): void {
    void ledger.companyShown();
    const starting = this.dialogs.find(({ startVerb }) => startVerb === name);
    if (starting) return starting.readAheadOfStart(ledger);
    if ('text' in input) return;
    const { dialog } = placeOf(input.data);
    this.dialogs.find(({ id }) => id === dialog)?.readAhead(ledger, input.verb, input.data);
  }

  /** Reads what was kept, ahead of its use: it is needed beside other reads. */
  async load(context: TurnContext): Promise<void> {
    await this.state.load(context);
  }

  /** @throws BenefitError when the person may not; what was under way is left in any case */
  async begin<Draft extends object>(
    context: TurnContext,
    id: string,
    start: Start<Draft>,
  ): Promise<DialogAnswer> {
    const dc = await this.set.createContext(context);
    await dc.cancelAllDialogs();
    this.dialogs.find((dialog) => dialog.id === id)?.mustBeAllowed(turnOf(context));
    return answerOf(() => dc.beginDialog(id, start));
  }

  /** Leaves the dialog under way; undefined when none is. */
  async leave(context: TurnContext): Promise<DialogAnswer | undefined> {
    const dc = await this.set.createContext(context);
    const dialog = this.active(dc);
    return dialog && answerOf(() => dialog.cancel(dc));
  }

  /** Gives what was typed to the dialog under way; undefined when none is. */
  async typed(context: TurnContext): Promise<DialogAnswer | undefined> {
    const dc = await this.set.createContext(context);
    return this.active(dc) && this.goOn(dc);
  }

  /**
   * Gives a press to the dialog whose button it is; undefined when it is none's.
   * @throws BenefitError when it is a button that the person may not press, or of somebody else's card
   */
  async pressed(context: TurnContext, turn: Turn): Promise<DialogAnswer | undefined> {
    const { input } = turn;
    if ('text' in input) return undefined;
    const dc = await this.set.createContext(context);
    const active = this.active(dc);
    if (active?.verbs.includes(input.verb)) return this.goOn(dc);
    const owners = this.dialogs.filter(({ verbs }) => verbs.includes(input.verb));
    const [owner] = owners;
    if (!owner) return undefined;
    const closings = owners.map((each) => each.closings);
    const closed = await closedBefore(turn, idOf(input.data, 'run'), closings);
    if (!closed) mustBeAllowedAny(owners, turn);
    return { card: closed ?? owner.earlierRun(turn), isClosed: false };
  }

  /** What a person may do is read again at every turn: who may not go on any more is out of the dialog. */
  private async goOn(dc: DialogContext): Promise<DialogAnswer> {
    this.active(dc)?.mustBeOwn(dc);
    try {
      this.active(dc)?.mustBeAllowed(turnOf(dc.context));
    } catch (error) {
      await dc.cancelAllDialogs();
      throw error;
    }
    return answerOf(() => dc.continueDialog());
  }

  /**
   * Keeps where the dialogs are. Of two turns at once only one is kept: then the other's answer is the step that
   * the person is at now. An answer that closes a dialog stands whatever becomes of this write: what it says was
   * committed to the ledger, and its press will find it there.
   */
  async save(
    context: TurnContext,
    answer: DialogAnswer,
    onLost: (error: unknown) => void,
  ): Promise<DialogAnswer> {
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

/** Several dialogs share some buttons: who may go on in one of them may have come by the button. */
function mustBeAllowedAny(dialogs: readonly GuidedDialog<object>[], turn: Turn): void {
  const refusals = dialogs.flatMap((dialog) => refusalOf(() => dialog.mustBeAllowed(turn)));
  const [first] = refusals;
  if (first && refusals.length === dialogs.length) throw first;
}

function refusalOf(check: () => void): BenefitError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof BenefitError) return [error];
    throw error;
  }
}

/** A card, and whether it closes what its predecessors began. */
export interface DialogAnswer {
  readonly card: AdaptiveCard;
  readonly isClosed: boolean;
}

async function answerOf(run: () => Promise<DialogTurnResult<AdaptiveCard>>): Promise<DialogAnswer> {
  const { status, result } = await run().catch(unwrapped);
  if (!result) throw new Error('a dialog answered without a card');
  return { card: result, isClosed: status === DialogTurnStatus.complete };
}

/** The SDK wraps what a dialog throws; a refusal must be known as one, and a fault tell its own place. */
function unwrapped(error: unknown): never {
  throw error instanceof Error && 'error' in error && error.error instanceof Error ? error.error : error;
}
