import type { BenefitError } from '../benefits/errors';
import type { Ledger } from '../benefits/ports';
import type { AdaptiveCard } from '../cards/bind';
import type { About, Refused, StepPress } from '../cards/buttons';
import type { Verb } from '../locales/texts';
import type { PressData, Turn } from './turn';

/** One question of a guided dialog. */
export interface Step<Draft> {
  readonly name: string;
  /** Whether this question comes up at all, given what was answered so far; it does unless this says no. */
  applies?(draft: Draft): boolean;
  /** Whether it was answered before it was asked: then a new run starts after it. */
  isAnswered?(draft: Draft): boolean;
  /** Begins to read what the card shows, ahead of its time; beside the benefit and the user that it is about. */
  readAhead?(ledger: Ledger, about: About): void;
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
  /**
   * A press that led here comes again, or its twin was faster: the card that it was answered with, where showing
   * this step isn't the same. Undefined when it is another press.
   */
  again?(draft: Draft, turn: Turn, press: StepPress): Promise<AdaptiveCard | undefined>;
  /** Its card was pressed, and something else stands in its place now. */
  left?(draft: Draft, turn: Turn, press: StepPress): Promise<void>;
  /** An answer that was typed into the chat instead. */
  says?(draft: Draft, turn: Turn, text: string, press: StepPress): Promise<Move<Draft>>;
}

/** Where a dialog goes after an answer: on, to a step by name, nowhere, or it is done. */
export type Move<Draft> =
  | {
      readonly draft: Draft;
      readonly go: string;
      readonly refused?: BenefitError;
      /** The card with which the next step is come to, once, in place of its own: what it shows is kept nowhere. */
      readonly shows?: (press: StepPress) => AdaptiveCard;
      /** Something was committed under the run: what comes next gets an id of its own. */
      readonly isCommitted?: boolean;
    }
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
export interface Running<Draft> {
  /** The operation id that the run commits under. */
  readonly run: string;
  /** The ids that it has committed under before: a card that carries one is an earlier card of this run. */
  readonly spent?: readonly string[];
  readonly version: string;
  readonly step: string;
  /** How many steps were come to so far: a card of this step that was left meanwhile shows an older draft. */
  readonly visit: number;
  readonly draft: Draft;
  readonly said: Readonly<Record<string, string>>;
  /** When the person last answered, in milliseconds. */
  readonly at: number;
}

/** The questions of a dialog in their order, and the ways between them. */
export class Path<Draft> {
  constructor(private readonly steps: readonly Step<Draft>[]) {}

  get verbs(): readonly Verb[] {
    return this.steps.flatMap(({ presses }) => Object.keys(presses) as Verb[]);
  }

  get start(): Step<Draft> {
    const [start] = this.steps;
    if (!start) throw new Error('a dialog has no steps');
    return start;
  }

  find(name: string): Step<Draft> | undefined {
    return this.steps.find((step) => step.name === name);
  }

  at({ step }: Running<Draft>): Step<Draft> {
    const found = this.find(step);
    if (!found) throw new Error(`there is no step ${step}`);
    return found;
  }

  /** The first question that is still open. */
  first(draft: Draft): Step<Draft> {
    return this.steps.find((step) => isAsked(step, draft) && !step.isAnswered?.(draft)) ?? this.start;
  }

  /**
   * The step to which an answer most likely leads, judged by its button alone: the one of the step's name goes on, and
   * what reads nothing ahead may be passed over.
   */
  likely(name: string, verb: Verb): Step<Draft> | undefined {
    const at = this.steps.findIndex((step) => step.name === name);
    if (verb !== name) return this.steps[at];
    return this.steps.slice(at + 1).find(({ readAhead }) => readAhead !== undefined);
  }

  /** Where an answer leads. */
  after(running: Running<Draft>, move: { readonly draft: Draft; readonly go: string }): string {
    if (move.go === STAY) return running.step;
    if (move.go !== ON) return move.go;
    const rest = this.steps.slice(this.steps.indexOf(this.at(running)) + 1);
    return rest.find((step) => isAsked(step, move.draft))?.name ?? running.step;
  }

  /** Where *Back* leads: from the first question nowhere. */
  before(running: Running<Draft>): string {
    const earlier = this.steps.slice(0, this.steps.indexOf(this.at(running))).reverse();
    return earlier.find((step) => isAsked(step, running.draft))?.name ?? running.step;
  }
}

const isAsked = <Draft>(step: Step<Draft>, draft: Draft): boolean => step.applies?.(draft) ?? true;

/** Another step; `visit` counts the coming, so that a card from before *Back* isn't taken for the current one. */
export const moved = <Draft>(running: Running<Draft>, step: string): Running<Draft> =>
  step === running.step ? running : { ...running, step, visit: running.visit + 1 };

const MOST_SPENT = 20;

/** Goes on under another operation id, once something was committed under the one before. */
export const renewed = <Draft>(running: Running<Draft>, run: string): Running<Draft> => ({
  ...running,
  run,
  spent: [...(running.spent ?? []), running.run].slice(-MOST_SPENT),
  visit: running.visit + 1,
});
