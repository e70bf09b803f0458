import type { TurnContext } from 'botbuilder';
import { dayIn } from '../benefits/days';
import type { BenefitError } from '../benefits/errors';
import type { Company, Day, Person } from '../benefits/model';
import type { Ports } from '../benefits/ports';
import type { CommandName, Texts, Verb } from '../locales/texts';

/** What a person did: pressed a button of a card (with what its inputs hold), or typed. */
export type Input = Press | Typed;

export interface Press {
  readonly verb: Verb;
  readonly data: PressData;
  /** The message in which the answer takes the card's place; undefined when it is a new, lasting message. */
  readonly inMessage?: string;
}

export interface Typed {
  readonly text: string;
  /** What it asks for, when it is a command. */
  readonly command?: Command;
}

/** What a typed text asks for. */
export interface Command {
  readonly name: CommandName;
  /** What was said with it in one line, by the names of the groups of its pattern: a benefit, a user … */
  readonly said?: Said;
}

export type Said = Readonly<Partial<Record<string, string>>>;

/** What came with a press. Nothing in it is believed: it is looked up or checked, never acted on. */
export type PressData = Readonly<Record<string, unknown>>;

/** One thing that a person did, and all that is needed to answer it. */
export interface Turn {
  readonly person: Person;
  readonly input: Input;
  readonly ports: Ports;
  readonly t: Texts;
  /** Told of what is refused on a card: what isn't, is thrown. */
  refused(error: BenefitError): void;
  /**
   * Once the answer is out, asks the person whether a file may be put into their OneDrive. It is made when they say yes
   * (`bot/files/offers.ts`).
   */
  offer(file: OfferedFile): void;
  /** For what is shown, as `Ledger.companyShown`. @throws BenefitError `companyNotLoaded` */
  company(): Promise<Company>;
}

/** A file that a person may have. */
export interface OfferedFile {
  /** Decides who may have it, and how it is made. */
  readonly what: FileKind;
  /** What it is called: with its extension. */
  readonly name: string;
  /** In the person's language. */
  readonly description: string;
  /** In bytes, where it is known beforehand. */
  readonly size?: number;
  /** What its maker needs; it goes to the person's client and back, and is checked when it comes. */
  readonly details: Readonly<Record<string, string>>;
}

/** Each has its maker in `bot/files/offers.ts`. */
export type FileKind = 'export' | 'template' | 'result';

const TURN = Symbol('turn');

export function setTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(TURN, turn);
}

/** The turn, once it is known who speaks. */
export const turnIn = (context: TurnContext): Turn | undefined => context.turnState.get(TURN);

export function turnOf(context: TurnContext): Turn {
  const turn = turnIn(context);
  if (!turn) throw new Error('the turn was not set');
  return turn;
}

const ID = /^[a-z0-9-]{1,100}$/;

/** An id that a card carries; empty when it is missing or can't be one: ids become keys of rows. */
export function idOf(data: PressData, field: string): string {
  const id = textOf(data, field);
  return ID.test(id) ? id : '';
}

/** A text input of a card, trimmed; empty when it is missing or no text. */
export function textOf(data: PressData, input: string): string {
  const value = data[input];
  return typeof value === 'string' ? value.trim() : '';
}

/** The day that it is for the company, in whose time zone a benefit ends. */
export async function today(turn: Turn): Promise<Day> {
  return dayIn((await turn.company()).timeZone, turn.ports.now());
}
