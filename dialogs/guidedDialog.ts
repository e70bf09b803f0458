import { BenefitError } from '../benefits/errors';
import { cancelPress, mustBeTheirs, newOperationId } from '../benefits/operations';
import type { Ledger } from '../benefits/ports';
import type { AdaptiveCard } from '../cards/bind';
import { type About, button, type StepPress } from '../cards/buttons';
import { messageCard } from '../cards/message/message';
import type { Verb } from '../locales/texts';
import { closedBefore, type Closings } from './closing';
import { Dialog, type DialogContext, type DialogTurnResult, DialogTurnStatus } from './sdkDialogs';
import { type Move, moved, type Path, renewed, type Running, type Start, STAY } from './step';
import { idOf, type PressData, textOf, type Turn, turnOf } from './turn';

const EXPIRES_AFTER_MS = 24 * 3600 * 1000;

/**
 * A dialog that asks one question after the other, each on a card that replaces the one before. It knows
 * its place by the name of a step, so steps can be added and moved while dialogs are under way: a
 * waterfall counts them, and an answer in flight would land in the wrong one.
 *
 * The result of each turn is the card to show.
 */
export abstract class GuidedDialog<Draft extends object> extends Dialog<Start<Draft>> {
  /** The table of contents. */
  protected abstract readonly path: Path<Draft>;
  /** To be changed when drafts of the old form can't be gone on with: their runs end with a word to the person. */
  protected abstract readonly version: string;
  /** The button that starts it anew. */
  abstract readonly startVerb: Verb;

  /** What a run may commit, by action, with the card that closes it. */
  abstract readonly closings: Closings;

  /** @throws BenefitError when this person may not go on; read again at every turn */
  abstract mustBeAllowed(turn: Turn): void;

  /** Whether it is this person who is in it. @throws BenefitError `operationNotYours` */
  mustBeOwn(dc: DialogContext): void {
    const { run } = this.running(dc);
    mustBeTheirs({ operationId: run, by: turnOf(dc.context).person.user.id });
  }

  /** Every button of its cards. */
  get verbs(): readonly Verb[] {
    return ['back', 'cancel', ...this.path.verbs];
  }

  /** What a draft has come to: its buttons carry it, for `readAhead`. */
  protected about(_draft: Draft): About | undefined {
    return undefined;
  }

  /**
   * Begins to read what the answer to a press will most likely want, beside the reading of what is kept. All that it
   * goes by is the press, and nothing follows from it: what it guesses wrong is read later.
   */
  readAhead(ledger: Ledger, verb: Verb, data: PressData): void {
    const about = meantBy(data);
    if (verb === 'back') return this.path.find(textOf(data, 'before'))?.readAhead?.(ledger, about);
    if (about.benefitId) void ledger.benefit(about.benefitId);
    if (about.userId) void ledger.person(about.userId);
    this.path.likely(placeOf(data).step, verb)?.readAhead?.(ledger, about);
  }

  /** The same for its start. */
  readAheadOfStart(ledger: Ledger): void {
    this.path.start.readAhead?.(ledger, {});
  }

  override async beginDialog(
    dc: DialogContext,
    { draft, said = {} }: Start<Draft>,
  ): Promise<DialogTurnResult<AdaptiveCard>> {
    const turn = turnOf(dc.context);
    const run = newOperationId(turn.ports, turn.person.user.id);
    return this.arrive(dc, {
      run,
      version: this.version,
      step: this.path.first(draft).name,
      visit: 1,
      draft,
      said,
      at: turn.ports.now().getTime(),
    });
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult<AdaptiveCard>> {
    const turn = turnOf(dc.context);
    const running = this.running(dc);
    const now = turn.ports.now().getTime();
    if (running.version !== this.version || !this.path.find(running.step))
      return this.leave(dc, 'versionChanged');
    if (now - running.at > EXPIRES_AFTER_MS) return this.leave(dc, 'expired');
    const { input } = turn;
    if ('text' in input) return this.typed(dc, { ...running, at: now }, input.text);
    const isOurs = [running.run, ...(running.spent ?? [])].some((run) => run === input.data.run);
    if (!isOurs) {
      const closed = await closedBefore(turn, idOf(input.data, 'run'), [this.closings]);
      return waiting(closed ?? this.earlierRun(turn));
    }
    return this.pressed(dc, { ...running, at: now }, input.verb, input.data);
  }

  /** The current step once more: for the second of two presses at once, whose state was not written. */
  async showAgain(dc: DialogContext): Promise<AdaptiveCard> {
    const running = this.running(dc);
    return (await this.repeated(dc, running)) ?? this.show(dc, running);
  }

  /** The answer to a press on a card of another run that came to nothing. */
  earlierRun(turn: Turn): AdaptiveCard {
    return this.closed(turn, 'earlierRun');
  }

  /** Ends it for good: of this and a press that commits it at the same moment, one wins, and both are told the same. */
  async cancel(dc: DialogContext): Promise<DialogTurnResult<AdaptiveCard>> {
    const turn = turnOf(dc.context);
    const { run, spent } = this.running(dc);
    const isCancelled = await cancelPress(turn.ports, { operationId: run, by: turn.person.user.id });
    const done = isCancelled ? undefined : await closedBefore(turn, run, [this.closings]);
    return done ? dc.endDialog(done) : this.leave(dc, spent || !isCancelled ? 'left' : 'cancelled');
  }

  /** Leaves, and says why. */
  private leave(dc: DialogContext, why: Ending): Promise<DialogTurnResult<AdaptiveCard>> {
    return dc.endDialog(this.closed(turnOf(dc.context), why));
  }

  private async pressed(dc: DialogContext, running: Running<Draft>, verb: Verb, data: PressData) {
    const step = this.path.at(running);
    if (verb === 'cancel') return this.leaving(dc, running, await this.cancel(dc));
    if (data.step !== this.pressOf(running).step) {
      // an earlier card of this run
      const again = await this.repeated(dc, running);
      return again ? waiting(again) : this.arrive(dc, running);
    }
    const kept = { ...running, draft: step.keep?.(running.draft, data) ?? running.draft };
    if (verb === 'back')
      return this.leaving(dc, kept, await this.arrive(dc, moved(kept, this.path.before(kept))));
    const decide = step.presses[verb];
    if (!decide) return this.arrive(dc, running);
    return this.leaving(
      dc,
      kept,
      await this.answer(dc, kept, () => decide(kept.draft, turnOf(dc.context), data, this.pressOf(kept))),
    );
  }

  /** Once it is known what stands in the place of a card that was pressed, and not before: it may fail. */
  private async leaving(dc: DialogContext, from: Running<Draft>, result: DialogTurnResult<AdaptiveCard>) {
    const isThere = dc.activeDialog && this.running(dc).step === from.step;
    if (!isThere) await this.path.at(from).left?.(from.draft, turnOf(dc.context), this.pressOf(from));
    return result;
  }

  /** What a press that led to this step was answered with, where that isn't just the step; undefined when it is. */
  private async repeated(dc: DialogContext, running: Running<Draft>): Promise<AdaptiveCard | undefined> {
    const step = this.path.at(running);
    try {
      return await step.again?.(running.draft, turnOf(dc.context), this.pressOf(running));
    } catch (error) {
      if (error instanceof BenefitError) return undefined; // not any more
      throw error;
    }
  }

  private async typed(dc: DialogContext, running: Running<Draft>, text: string) {
    const { says } = this.path.at(running);
    if (!says) return this.arrive(dc, running);
    return this.answer(dc, running, () =>
      says(running.draft, turnOf(dc.context), text, this.pressOf(running)),
    );
  }

  private async answer(dc: DialogContext, running: Running<Draft>, decide: () => Promise<Move<Draft>>) {
    let move: Move<Draft>;
    try {
      move = await decide();
    } catch (error) {
      if (!(error instanceof BenefitError)) throw error;
      move = { draft: running.draft, go: STAY, refused: error };
    }
    if ('done' in move) return dc.endDialog(move.done);
    const turn = turnOf(dc.context);
    if (move.refused) turn.refused(move.refused);
    const after = moved({ ...running, draft: move.draft }, this.path.after(running, move));
    const next = move.isCommitted ? renewed(after, newOperationId(turn.ports, turn.person.user.id)) : after;
    if (!move.shows) return this.arrive(dc, next, move.refused);
    this.keepRunning(dc, next);
    return waiting(move.shows(this.pressOf(next)));
  }

  /** Comes to a step: asks it, unless its answer was typed ahead. */
  private async arrive(
    dc: DialogContext,
    running: Running<Draft>,
    refused?: BenefitError,
  ): Promise<DialogTurnResult<AdaptiveCard>> {
    const { [running.step]: ahead, ...said } = running.said;
    const { says } = this.path.at(running);
    const next = { ...running, said };
    this.keepRunning(dc, next);
    if (ahead === undefined || !says || refused) return waiting(await this.show(dc, next, refused));
    return this.answer(dc, next, () => says(next.draft, turnOf(dc.context), ahead, this.pressOf(next)));
  }

  private show(dc: DialogContext, running: Running<Draft>, refused?: BenefitError): Promise<AdaptiveCard> {
    const turn = turnOf(dc.context);
    const said = refused
      ? { code: refused.code, text: turn.t(`refusal.${refused.code}`, refused.facts) }
      : null;
    return this.path.at(running).show(running.draft, turn, this.pressOf(running), said);
  }

  private pressOf(running: Running<Draft>): StepPress {
    const { run, step, visit, draft } = running;
    const before = this.path.before(running);
    return {
      run,
      step: `${this.id}!${step}!${visit}`,
      ...(before !== step && { before }),
      about: this.about(draft),
    };
  }

  private closed({ t }: Turn, why: Ending): AdaptiveCard {
    return messageCard(
      t,
      t(`${why}.title`),
      [t(`${why}.text`)],
      [button(t, this.startVerb), button(t, 'help')],
    );
  }

  private running(dc: DialogContext): Running<Draft> {
    if (!dc.activeDialog) throw new Error(`${this.id} is not under way`);
    return dc.activeDialog.state as Running<Draft>; // written by keepRunning, checked by its version
  }

  private keepRunning(dc: DialogContext, running: Running<Draft>): void {
    if (dc.activeDialog) dc.activeDialog.state = running;
  }
}

/** Of which dialog's which step a press is, by its card: see `pressOf`. */
export function placeOf(data: PressData): { readonly dialog: string; readonly step: string } {
  const [dialog = '', step = ''] = textOf(data, 'step').split('!');
  return { dialog, step };
}

/** The benefit and the user that a press is about: what it chooses, else what its run has come to. */
function meantBy(data: PressData): About {
  const { about } = data;
  const known: PressData = typeof about === 'object' && about !== null ? { ...about } : {};
  const [benefitId, userId] = [
    idOf(data, 'benefitId') || idOf(known, 'benefitId'),
    idOf(data, 'userId') || idOf(data, 'user') || idOf(known, 'userId'),
  ];
  return { ...(benefitId && { benefitId }), ...(userId && { userId }) };
}

type Ending = 'cancelled' | 'earlierRun' | 'expired' | 'left' | 'versionChanged';

const waiting = (result: AdaptiveCard): DialogTurnResult<AdaptiveCard> => ({
  status: DialogTurnStatus.waiting,
  result,
});
