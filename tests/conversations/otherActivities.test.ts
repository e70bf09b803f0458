import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany();
  admin = company.person('Adele Vance');
});
afterEach(() => company.close());

const WORDS = 'assign Power BI Pro to Alex Wilber';
const like = [{ type: 'like' }];

/** Beside what is said and pressed, Teams tells of this. */
const TOLD: readonly (readonly [string, object])[] = [
  ['an edit', { type: 'messageUpdate', text: WORDS, channelData: { eventType: 'editMessage' } }],
  ['a deletion', { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } }],
  [
    'a deletion undone',
    { type: 'messageUpdate', text: WORDS, channelData: { eventType: 'undeleteMessage' } },
  ],
  ['a reaction', { type: 'messageReaction', reactionsAdded: like, replyToId: '1' }],
  ['a reaction taken back', { type: 'messageReaction', reactionsRemoved: like, replyToId: '1' }],
  ['typing', { type: 'typing', text: WORDS }],
  ['a read receipt', { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: {} }],
  ['an event with the name of a press', { type: 'event', name: 'adaptiveCard/action', value: {} }],
  ['an event with the name of a search', { type: 'event', name: 'application/search', value: {} }],
  ['somebody who left', { type: 'conversationUpdate', membersRemoved: [{ id: '29:other' }] }],
  ['an upgrade of the app', { type: 'installationUpdate', action: 'add-upgrade' }],
  ['an upgrade that takes something away', { type: 'installationUpdate', action: 'remove-upgrade' }],
  ['the end of a conversation', { type: 'endOfConversation' }],
  ['what nobody knows yet', { type: 'somethingNew', text: WORDS }],
];
const INVOKES = [
  'task/fetch',
  'task/submit',
  'composeExtension/query',
  'composeExtension/submitAction',
  'signin/verifyState',
  'signin/tokenExchange',
  'message/submitAction',
  'tab/fetch',
  'config/fetch',
  'actionableMessage/executeAction',
];

describe('in the middle of a dialog', () => {
  beforeEach(async () => {
    await admin.says(WORDS);
    admin.sees('Assign Power BI Pro to Alex Wilber?');
    await company.settled();
    company.logsAnew();
  });

  it.each(TOLD)('%s says nothing and changes nothing', async (_what, told) => {
    expect(await admin.send({ ...told, text: WORDS })).toEqual({ status: 200, text: '' });
    await goesOn();
  });

  it.each(INVOKES)('%s is not ours', async (name) => {
    const posted = await admin.send({ type: 'invoke', name, value: { verb: 'assignUser', state: '1' } });
    expect(posted).toEqual({ status: 501, text: '' });
    await goesOn();
  });

  /** Nothing was sent and nothing broke, and the card that is there still works, once. */
  async function goesOn(): Promise<void> {
    await company.settled();
    expect(admin.messageCount).toBe(1);
    expect(company.logsAnew().filter((line) => /"level":(?:50|60)/.test(line))).toEqual([]);
    await admin.clicks('Assign user');
    admin.sees('Assigned to Alex Wilber: Power BI Pro');
  }
});

it('an edit of what was said does it no second time', async () => {
  await admin.says(WORDS);
  await admin.clicks('Assign user');
  await admin.send({ type: 'messageUpdate', text: WORDS, channelData: { eventType: 'editMessage' } });
  expect(admin.messageCount).toBe(1);
  admin.sees('Assigned to Alex Wilber: Power BI Pro');
});
