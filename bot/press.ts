import type { Activity } from 'botbuilder';
import type { Input, PressData } from '../dialogs/turn';
import type { Verb } from '../locales/texts';
import { readCommand } from './commands';
import { typedText } from './speaker';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isInvoke = (activity: Pick<Activity, 'type' | 'name'>, name: string): boolean =>
  activity.type === 'invoke' && activity.name === name;

/**
 * What a person did: typed, or pressed a button. A press is an invoke (Action.Execute), or from clients too
 * old for that a message with a value (Action.Submit). An unknown verb stays what it is: no route has it.
 */
export function inputOf({ type, name, value, replyToId, ...activity }: Activity): Input {
  if (isInvoke({ type, name }, 'adaptiveCard/action')) {
    const action: unknown = isObject(value) ? value.action : undefined;
    return press(
      isObject(action) ? action.verb : undefined,
      isObject(action) ? action.data : undefined,
      replyToId,
    );
  }
  if (isObject(value) && 'verb' in value) return press(value.verb, value);
  const text = typedText({ ...activity, type, name, value } as Activity);
  return { text, command: readCommand(text) };
}

function press(verb: unknown, data: unknown, inMessage?: string): Input {
  const known: PressData = isObject(data) ? data : {};
  return { verb: (typeof verb === 'string' ? verb : '') as Verb, data: known, inMessage }; // looked up, never trusted
}

const LONGEST_PRESS = 4_000;
/** Lines of a list and addresses are many short texts. */
const LONG = ['lines', 'others'];

/** More than the inputs of any card of ours let in: it would fit no card of an answer. */
export function isTooLong(data: PressData): boolean {
  const lengths = Object.entries(data).map(([input, value]) =>
    typeof value === 'string' && !LONG.includes(input) ? value.length : 0,
  );
  return lengths.reduce((sum, length) => sum + length, 0) > LONGEST_PRESS;
}

const LONGEST_SEARCH = 100;

/** What was typed into a list with typeahead. */
export function searchText({ value }: Activity): string {
  const text: unknown = isObject(value) ? value.queryText : undefined;
  return typeof text === 'string' ? text.slice(0, LONGEST_SEARCH) : '';
}
