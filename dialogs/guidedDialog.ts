import { Dialog, type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import { BenefitError } from '../benefits/errors';
import { newOperationId } from '../benefits/operations';
import type { AdaptiveCard } from '../cards/bind';
import { button, type Refused, type StepPress } from '../cards/buttons';
import { messageCard } from '../cards/message/message';
import type { Verb } from '../locales/texts';
import { idOf, type PressData, type Turn, turnOf } from './turn';

/** One question of a guided dialog. */
export interface Step<Draft> {
  readonly name: string;
  /** Whether this question comes up at all, given what was answered so far; it does unless this says no. */
  applies?(draft: Draft): boolean;
  /** Whether it was answered before it was asked: then a new run starts after it. */
  isAnswered?(draft: Draft): boolean;
  /** The card that asks, with what was chosen and typed so far, and what was refused. */
  show(draft: Draft, turn: Turn, press: StepPress, refused: Refused | null): Promise<AdaptiveCard>;
  /** Takes what the card's inputs hold into the draft, whichever button was pressed: nothing typed is lost. */
  keep?(draft: Draft, data: PressData): Draft;
  /** The buttons of the card but for Back and Cancel. A BenefitError is shown on the same card. */
  readonly presses: Readonly<
    Partial<
      Record<Verb, (draft: Draft, turn: Turn, data: PressData, press: StepPress) => Promise<Move<Draft>>>
    >
  >;
  /** An answer that was typed into the chat instead. */
  says?(draft: Draft, turn: Turn, text: string, press: StepPress): Promise<Move<Draft>>;
}

/** Where a dialog goes after an answer: on, to a step by name, nowhere, or it is done. */
export type Move<Draft> =
  | { readonly draft: Draft; readonly go: string; readonly refused?: BenefitError }
  | { readonly done: AdaptiveCard };

export const ON = 'on';
export const STAY = 'stay';

/** How a run begins. */
export interface Start<Draft> {
  readonly draft: Draft;
  /** Answers that were typed ahead, by step. */
  readonly said?: Readonly<Record<string, string>>;
}

/** What is kept between turns, in conversation state. */
interface Running<Draft> {
  /** The operation id that the run commits under. */
  readonly run: string;
  readonly version: string;
  readonly step: string;
  /** How many steps were come to so far: a card of this step that was left meanwhile shows an older draft. */
  readonly visit: number;
  readonly draft: Draft;
  readonly said: Readonly<Record<string, string>>;
  /** When the person last answered, in milliseconds. */
  readonly at: number;
}

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
  protected abstract readonly steps: readonly Step<Draft>[];
  /** To be changed when drafts of the old form can't be gone on with: their runs end with a word to the person. */
  protected abstract readonly version: string;
  /** The button that starts it anew. */
  protected abstract readonly startVerb: Verb;

  /** @throws BenefitError when this person may not go on; read again at every turn */
  abstract mustBeAllowed(turn: Turn): void;
  /** The closing card of a run that was committed; undefined when it wasn't. */
  protected abstract closingCard(turn: Turn, run: string): Promise<AdaptiveCard | undefined>;

  /** Every button of its cards. */
  get verbs(): readonly Verb[] {
    return ['back', 'cancel', ...this.steps.flatMap(({ presses }) => Object.keys(presses) as Verb[])];
  }

  override async beginDialog(
    dc: DialogContext,
    { draft, said = {} }: Start<Draft>,
  ): Promise<DialogTurnResult<AdaptiveCard>> {
    const turn = turnOf(dc.context);
    const step =
      this.steps.find((each) => this.isAsked(each, draft) && !each.isAnswered?.(draft)) ?? this.steps[0];
    if (!step) throw new Error(`${this.id} has no steps`);
    const run = newOperationId(turn.ports);
    return this.arrive(dc, {
      run,
      version: this.version,
      step: step.name,
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
    if (running.version !== this.version || !this.find(running.step)) return this.leave(dc, 'versionChanged');
    if (now - running.at > EXPIRES_AFTER_MS) return this.leave(dc, 'expired');
    const { input } = turn;
    if ('text' in input) return this.typed(dc, { ...running, at: now }, input.text);
    if (input.data.run !== running.run) {
      return waiting((await this.closedBefore(turn, input.data)) ?? this.earlierRun(turn));
    }
    return this.pressed(dc, { ...running, at: now }, input.verb, input.data);
  }

  /** The current step once more: for the second of two presses at once, whose state was not written. */
  async showAgain(dc: DialogContext): Promise<AdaptiveCard> {
    return this.show(dc, this.running(dc));
  }

  /** The closing card of another run, for a press on one of its cards; undefined when that run wasn't committed. */
  async closedBefore(turn: Turn, data: PressData): Promise<AdaptiveCard | undefined> {
    const run = idOf(data, 'run');
    return run === '' ? undefined : this.closingCard(turn, run);
  }

  /** The answer to a press on a card of another run that came to nothing. */
  earlierRun(turn: Turn): AdaptiveCard {
    return this.closed(turn, 'earlierRun');
  }

  /** Leaves, and says why. */
  async leave(dc: DialogContext, why: Ending): Promise<DialogTurnResult<AdaptiveCard>> {
    const card = this.closed(turnOf(dc.context), why);
    return dc.endDialog(card);
  }

  private async pressed(dc: DialogContext, running: Running<Draft>, verb: Verb, data: PressData) {
    if (verb === 'cancel') return this.leave(dc, 'cancelled');
    const step = this.stepOf(running);
    if (data.step !== pressOf(running).step) return this.arrive(dc, running); // an earlier card of this run
    const kept = { ...running, draft: step.keep?.(running.draft, data) ?? running.draft };
    if (verb === 'back') return this.arrive(dc, moved(kept, this.before(kept).name));
    const decide = step.presses[verb];
    if (!decide) return this.arrive(dc, running);
    return this.answer(dc, kept, () => decide(kept.draft, turnOf(dc.context), data, pressOf(kept)));
  }

  private async typed(dc: DialogContext, running: Running<Draft>, text: string) {
    const { says } = this.stepOf(running);
    if (!says) return this.arrive(dc, running);
    return this.answer(dc, running, () => says(running.draft, turnOf(dc.context), text, pressOf(running)));
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
    const next = moved({ ...running, draft: move.draft }, this.target(running, move));
    return this.arrive(dc, next, move.refused);
  }

  /** Comes to a step: asks it, unless its answer was typed ahead. */
  private async arrive(
    dc: DialogContext,
    running: Running<Draft>,
    refused?: BenefitError,
  ): Promise<DialogTurnResult<AdaptiveCard>> {
    const { [running.step]: ahead, ...said } = running.said;
    const { says } = this.stepOf(running);
    const next = { ...running, said };
    this.keepRunning(dc, next);
    if (ahead === undefined || !says || refused) return waiting(await this.show(dc, next, refused));
    return this.answer(dc, next, () => says(next.draft, turnOf(dc.context), ahead, pressOf(next)));
  }

  private show(dc: DialogContext, running: Running<Draft>, refused?: BenefitError): Promise<AdaptiveCard> {
    const turn = turnOf(dc.context);
    const said = refused
      ? { code: refused.code, text: turn.t(`refusal.${refused.code}`, refused.facts) }
      : null;
    return this.stepOf(running).show(running.draft, turn, pressOf(running), said);
  }

  private closed({ t }: Turn, why: Ending): AdaptiveCard {
    return messageCard(
      t,
      t(`${why}.title`),
      [t(`${why}.text`)],
      [button(t, this.startVerb), button(t, 'help')],
    );
  }

  private isAsked(step: Step<Draft>, draft: Draft): boolean {
    return step.applies?.(draft) ?? true;
  }

  private find(name: string): Step<Draft> | undefined {
    return this.steps.find((step) => step.name === name);
  }

  private stepOf({ step }: Running<Draft>): Step<Draft> {
    const found = this.find(step);
    if (!found) throw new Error(`${this.id} has no step ${step}`);
    return found;
  }

  private target(running: Running<Draft>, move: { readonly draft: Draft; readonly go: string }): string {
    if (move.go === STAY) return running.step;
    if (move.go !== ON) return move.go;
    const rest = this.steps.slice(this.steps.indexOf(this.stepOf(running)) + 1);
    return rest.find((step) => this.isAsked(step, move.draft))?.name ?? running.step;
  }

  private before(running: Running<Draft>): Step<Draft> {
    const current = this.stepOf(running);
    const earlier = this.steps.slice(0, this.steps.indexOf(current)).reverse();
    return earlier.find((step) => this.isAsked(step, running.draft)) ?? current;
  }

  private running(dc: DialogContext): Running<Draft> {
    if (!dc.activeDialog) throw new Error(`${this.id} is not under way`);
    return dc.activeDialog.state as Running<Draft>; // written by keepRunning, checked by its version
  }

  private keepRunning(dc: DialogContext, running: Running<Draft>): void {
    if (dc.activeDialog) dc.activeDialog.state = running;
  }
}

type Ending = 'cancelled' | 'earlierRun' | 'expired' | 'versionChanged';

const waiting = (result: AdaptiveCard): DialogTurnResult<AdaptiveCard> => ({
  status: DialogTurnStatus.waiting,
  result,
});

const moved = <Draft>(running: Running<Draft>, step: string): Running<Draft> =>
  step === running.step ? running : { ...running, step, visit: running.visit + 1 };

const pressOf = <Draft>({ run, step, visit }: Running<Draft>): StepPress => ({
  run,
  step: `${step}!${visit}`,
});
