import { randomUUID } from 'node:crypto';
import { openCompany, type OpenCompany } from '../parts/company';

const TEAM = '19:9be1f0c2@thread.tacv2';
const THREAD = `${TEAM};messageid=1711000000000`;
const GROUP = '19:meeting_c0ffee@thread.v2';
const places = [
  ['a channel', THREAD, 'channel'],
  ['a group chat', GROUP, 'groupChat'],
] as const;

const AT_BOT = '<at>Partner Benefits</at>';
const mention = { type: 'mention', text: AT_BOT, mentioned: { id: '28:bot', name: 'Partner Benefits' } };
const inTeam = (tenantId: string, more: object = {}) => ({
  tenant: { id: tenantId },
  team: { id: TEAM, name: 'Partners' },
  ...more,
});

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

describe.each(places)('in %s', (_where, id, kind) => {
  const member = (name: string, locale?: string) => company.person(name, { locale }).among(id, kind);
  const mentioning = (text: string) => ({
    type: 'message',
    id: randomUUID(),
    text: `${AT_BOT} ${text}`,
    entities: [mention, { type: 'clientInfo', locale: 'en-US', platform: 'Web' }],
    ...(kind === 'channel' && { replyToId: '1711000000000', channelData: inTeam(company.tenantId) }),
  });

  it('a mention is answered below it, with what the bot is for and the way to the private chat', async () => {
    const admin = member('Adele Vance');
    const said = mentioning('help');
    await admin.send(said);
    admin.sees("Let's talk in private", "I hand out your company's Microsoft partner benefits");
    expect(String(admin.button('Open a private chat').url)).toContain('users=28%3Abot');
    expect(company.teams.messagesOf(id)).toMatchObject([{ activity: { replyToId: said.id } }]);
  });

  it('in the language of who asks', async () => {
    const employee = member('Zoë Lefèvre', 'fr-FR');
    await employee.send(mentioning('aide'));
    employee.sees('Parlons-en en privé');
    expect(employee.button('Ouvrir une conversation privée')).toBeDefined();
  });

  it.each(['assign Power BI Pro to Alex Wilber', 'my benefits', 'overview', 'keys', 'users', 'history', ''])(
    'nothing is told or begun there: "%s"',
    async (text) => {
      const admin = member('Adele Vance');
      await admin.send(mentioning(text));
      await company.settled();
      expect(admin.reads()).not.toMatch(/Power BI|Alex|Visual Studio|keys/);
      expect(await company.rows('u!adele-vance!c')).toEqual([]);
      const inPrivate = company.person('Adele Vance', { aadObjectId: admin.member.aadObjectId });
      await inPrivate.says('cancel');
      inPrivate.sees('There is nothing to cancel');
    },
  );

  it('no kind of conversation said makes it a private one', async () => {
    const admin = member('Adele Vance');
    await admin.send({ ...mentioning('overview'), conversation: { id, tenantId: company.tenantId } });
    admin.sees("Let's talk in private");
  });

  it('a button that somebody brought there does nothing', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign Power BI Pro to Alex Wilber');
    const assign = admin.button('Assign user');
    const there = admin.among(id, kind);
    await there.send(mentioning('help'));
    await there.presses(assign);
    there.sees("Let's talk in private");
    expect(await company.ledger.assignment('power-bi-pro', 'alex-wilber')).toBeUndefined();
  });

  it('who comes and goes, the bot too, is not talked to', async () => {
    const admin = member('Adele Vance');
    const bot = { id: '28:bot' };
    for (const told of [
      { type: 'installationUpdate', action: 'add' },
      { type: 'conversationUpdate', membersAdded: [bot] },
      { type: 'conversationUpdate', membersAdded: [{ id: '29:one' }, { id: '29:two' }] },
      { type: 'conversationUpdate', membersRemoved: [{ id: '29:one' }] },
      { type: 'conversationUpdate', channelData: inTeam(company.tenantId, { eventType: 'channelCreated' }) },
      { type: 'conversationUpdate', channelData: inTeam(company.tenantId, { eventType: 'teamRenamed' }) },
      { type: 'conversationUpdate', membersRemoved: [bot] },
      { type: 'installationUpdate', action: 'remove' },
    ])
      expect(await admin.send(told)).toEqual({ status: 200, text: '' });
    await company.settled();
    expect(company.teams.received).toEqual([]);
    expect(company.logged.join()).not.toMatch(/"(fault|.*failed)"/);
  });
});
