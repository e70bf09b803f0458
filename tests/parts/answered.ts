import en from '../../locales/en.json';
import { textsOf } from './card';
import type { Chatter, Posted } from './chatter';
import type { OpenCompany } from './company';

/** What Teams takes. */
const MOST_BYTES = 28 * 1024;
export const VERBS = [...Object.keys(en.texts.button), 'frobnicate', '__proto__', 'constructor', ''];
/** What any card of ours carries, and a few that none does. */
export const FIELDS = [
  ...['run', 'step', 'benefitId', 'userId', 'user', 'operationId', 'madeBy', 'dueId', 'requestId', 'search'],
  ...[
    'displayName',
    'email',
    'alternateEmail',
    'language',
    'role',
    'roles',
    'note',
    'answer',
    'spent',
    'page',
  ],
  ...[
    'from',
    'after',
    'at',
    'option',
    'title',
    'description',
    'product',
    'phase',
    'hours',
    'country',
    'phone',
  ],
  ...['timeZone', 'accountAdmin', 'benefitsAdmin', '__proto__', 'constructor', 'toString', 'verb'],
];

/** As what the answer to an invoke comes. */
export const IN_WORDS = [
  'application/vnd.microsoft.card.adaptive',
  'application/vnd.microsoft.activity.message',
  'application/vnd.microsoft.search.searchResponse',
];

/** The same person in a new chat, in which nothing is under way. */
export function inNewChat(
  company: OpenCompany,
  name: 'Adele Vance' | 'Alex Wilber',
  about: { locale?: string } = {},
): Chatter {
  return company.person(name, { aadObjectId: OBJECT_IDS[name], id: `29:${name}`, ...about });
}
const OBJECT_IDS = {
  'Adele Vance': '00000000-0000-4000-8000-000000000001',
  'Alex Wilber': '00000000-0000-4000-8000-000000000002',
};

/** Nothing broke, in front of the person or behind. */
export function noFault(company: OpenCompany, { status, text: body }: Posted): void {
  const faults = company.logsAnew().filter((line) => /"level":[56]0|"outcome":"fault"/.test(line));
  // An invoke that isn't ours is answered by the SDK: not implemented.
  if ((status >= 500 && status !== 501) || faults.length > 0)
    throw new Error(`${status} ${body.slice(0, 300)}\n${faults.join('\n').slice(0, 3_000)}`);
}

/** One card, in words, that Teams takes. */
export function aCard(card: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > MOST_BYTES)
    throw new Error(`a card of ${bytes} bytes: ${JSON.stringify(card).slice(0, 2_000)}`);
  if (textsOf(card).join('').trim() === '' && !JSON.stringify(card).includes('results'))
    throw new Error('a card without words');
}

/** What was typed or pressed was answered with one card. */
export async function isAnswered(
  company: OpenCompany,
  who: Chatter,
  act: () => Promise<Posted>,
): Promise<void> {
  const before = who.messageCount;
  const posted = await act();
  await company.settled();
  noFault(company, posted);
  expect(posted.status).toBe(200);
  const { type, value } = posted.text ? (JSON.parse(posted.text) as { type: string; value: unknown }) : {};
  if (posted.text !== '') expect(type).toBe(IN_WORDS[0]);
  expect(who.messageCount - before).toBe(posted.text === '' ? 1 : 0);
  aCard(value ?? who.card);
}
