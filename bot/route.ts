import { BenefitError } from '../benefits/errors';
import type { Seen } from '../benefits/people';
import type { AdaptiveCard } from '../cards/bind';
import { button, type CardAction } from '../cards/buttons';
import type { Start } from '../dialogs/step';
import { idOf, type PressData, type Said, type Turn } from '../dialogs/turn';
import { commandIn } from '../locales/texts';
import { mayStart } from './answers';
import type { Suggestion } from './delivery';

/** A turn, with what only the bot's own routes need. */
export interface ApartTurn extends Turn {
  readonly seen: Seen;
}

/** One that may have to do with the guided dialogs, whose state is read for it. */
export interface RouteTurn extends ApartTurn {
  /** Starts a guided dialog; one that is under way is left. */
  begin<Draft extends object>(id: string, start: Start<Draft>): Promise<AdaptiveCard>;
  /** Leaves the dialog that is under way; undefined when none is. */
  leave(): Promise<AdaptiveCard | undefined>;
}

/** What answers a command, or the button of its name. */
export type Route = (turn: RouteTurn) => Promise<AdaptiveCard>;
export type ApartRoute = (turn: ApartTurn) => Promise<AdaptiveCard>;

/** What a press carries; nothing when it was typed. */
export const dataOf = ({ input }: Pick<Turn, 'input'>): PressData => ('data' in input ? input.data : {});

/** What was said with a command in one line; nothing when a button was pressed. */
export const saidIn = ({ input }: Pick<Turn, 'input'>): Said =>
  ('text' in input && input.command?.said) || {};

/**
 * What the button outside a dialog is about; undefined when it is about none, or it was typed.
 * @throws BenefitError `unknownId` when the company has none of that id
 */
export async function pressedId(turn: ApartTurn, field: 'benefitId' | 'userId'): Promise<string | undefined> {
  const data = dataOf(turn);
  if (data[field] === undefined) return undefined;
  const id = idOf(data, field);
  const { ledger } = turn.ports;
  const found = await (field === 'benefitId' ? ledger.benefit(id) : ledger.user(id));
  if (!found) throw new BenefitError('unknownId');
  return id;
}

/** As many suggestions as Teams shows. */
const FIRST = 3;

/** Where a person goes on from here: the first things that they may start, and help with all of them. */
export const startButtons = ({ t, person }: Pick<Turn, 't' | 'person'>): CardAction[] => [
  ...mayStart(person.user)
    .slice(0, FIRST)
    .map((verb) => button(t, verb)),
  button(t, 'help'),
];

/** The same first things as words that a tap says. */
export const suggestions = ({ t, person }: Pick<Turn, 't' | 'person'>): Suggestion[] =>
  mayStart(person.user)
    .slice(0, FIRST)
    .map((verb) => ({ type: 'imBack', title: t(`button.${verb}`), value: commandIn(t.language, verb) }));
