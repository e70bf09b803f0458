import fc from 'fast-check';
import { FIELDS, inNewChat as newChat, isAnswered as answered, VERBS } from '../parts/answered';
import { fields, holds, json, text } from '../parts/arbitrary';
import { actionsOf, inputsOf, type Json } from '../parts/card';
import type { Chatter, Posted } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const inNewChat = (name: Parameters<typeof newChat>[1]) => newChat(company, name);
const isAnswered = (who: Chatter, act: () => Promise<Posted>) => answered(company, who, act);

type Act =
  | { readonly does: 'clicks'; readonly nth: number; readonly fills: readonly string[] }
  | { readonly does: 'presses'; readonly verb: string; readonly data: Json }
  | { readonly does: 'says'; readonly text: string };

const COMMANDS = [
  ...[
    'assign',
    'assign Power BI Pro',
    'assign cloud support incidents to Alex Wilber',
    'reassign',
    'release',
  ],
  ...[
    'activations',
    'resend',
    'keys',
    'request advisory hours',
    'requests',
    'users',
    'users dupont',
    'add user',
  ],
  ...['history', 'overview', 'my benefits', 'language', 'help', 'cancel', 'edit Alex Wilber', 'roles Lee Gu'],
];

const says = fc.record({
  does: fc.constant('says' as const),
  text: fc.oneof(
    fc.constantFrom(...COMMANDS),
    text,
    fc.tuple(fc.constantFrom(...COMMANDS), text).map(([command, rest]) => `${command} ${rest}`),
    fc.tuple(text, text).map(([benefit, user]) => `assign ${benefit} to ${user}`),
    fc.tuple(text, text, text).map(([benefit, to, from]) => `reassign ${benefit} to ${to} from ${from}`),
  ),
});
const clicks = fc.record({
  does: fc.constant('clicks' as const),
  nth: fc.nat(40),
  fills: fc.array(text, { maxLength: 4 }),
});
const presses = fc.record({
  does: fc.constant('presses' as const),
  verb: fc.constantFrom(...VERBS),
  data: fields(FIELDS, json),
});
const acts = fc.array(fc.oneof<fc.Arbitrary<Act>[]>(clicks, clicks, clicks, presses, says), {
  minLength: 1,
  maxLength: 14,
});

const pressable = (who: Chatter): Json[] =>
  actionsOf(who.card).filter(({ type }) => type === 'Action.Execute');

/** What is written into the inputs of the card; a choice may be one that there is not. */
function filled(who: Chatter, texts: readonly string[]): Json {
  const inputs = inputsOf(who.card);
  return Object.fromEntries(
    inputs.flatMap(({ id, choices }, n) => {
      const typed = texts[n];
      if (typed === undefined) return [];
      const all = (choices as { value: string }[] | undefined) ?? [];
      return [[String(id), all[typed.length % (all.length + 1)]?.value ?? typed]];
    }),
  );
}

/** With the run and the step of the card that is shown: what doesn't hold must be found elsewhere. */
function forged(who: Chatter, verb: string, data: Json): Json {
  const [{ data: shown = {} } = {}] = pressable(who);
  const { run, step } = shown as Json;
  return { type: 'Action.Execute', verb, data: { run, step, ...data } };
}

async function does(who: Chatter, act: Act): Promise<void> {
  if (act.does === 'says') return isAnswered(who, () => who.says(act.text));
  const buttons = pressable(who);
  const button = buttons[act.does === 'clicks' ? act.nth % buttons.length : 0];
  if (!button) return isAnswered(who, () => who.says('help'));
  if (act.does === 'clicks') return isAnswered(who, () => who.presses(button, filled(who, act.fills)));
  return isAnswered(who, () => who.presses(forged(who, act.verb, act.data)));
}

const offers = (who: Chatter, verb: string): Json | undefined =>
  pressable(who).find((button) => button.verb === verb);

/** From wherever somebody came to, there is a way back and a way out. */
async function canLeave(who: Chatter): Promise<void> {
  const back = offers(who, 'back');
  if (back) {
    await isAnswered(who, () => who.presses(back));
    if (!offers(who, 'cancel')) throw new Error(`Back leads out of the dialog:\n${who.reads()}`);
  }
  const cancel = offers(who, 'cancel');
  if (!cancel) return;
  await isAnswered(who, () => who.presses(cancel));
  if (offers(who, 'cancel')) throw new Error(`Cancel leads nowhere:\n${who.reads()}`);
}

describe('a conversation', () => {
  it('goes on with a card, whatever an admin says, clicks and fills in', async () => {
    await holds(
      fc.asyncProperty(acts, fc.constantFrom(...COMMANDS), async (all, first) => {
        const who = inNewChat('Adele Vance');
        await isAnswered(who, () => who.says(first));
        for (const act of all) await does(who, act);
        await canLeave(who);
      }),
      10,
    );
  });

  it("changes nothing of the company's, whatever an employee says, presses and fills in", async () => {
    // But for what they tried, which is put into the history.
    const facts = async () =>
      (await company.rows('')).filter(
        ({ rowKey, kind }) =>
          !/^(h[bu]?|op|rf)!|^u!alex-wilber!c$/.test(String(rowKey)) && kind !== 'countRefusals',
      );
    await inNewChat('Alex Wilber').says('help');
    await company.settled();
    const before = await facts();
    await holds(
      fc.asyncProperty(acts, fc.constantFrom(...COMMANDS), async (all, first) => {
        const who = inNewChat('Alex Wilber');
        await isAnswered(who, () => who.says(first));
        for (const act of all) await does(who, act);
        await canLeave(who);
      }),
      8,
    );
    expect(await facts()).toEqual(before);
  });
});
