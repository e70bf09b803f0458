import { type Fleet, openFleet } from '../parts/fleet';
import { rowsAsText, SECRET_SETTINGS } from '../parts/secrets';
import { signature } from '../parts/signature';
import { few } from '../parts/situations';

const BENEFIT = 'cloud-support-incidents';

jest.setTimeout(180_000); // processes that start on a busy machine

let fleet: Fleet;
beforeAll(async () => {
  const { ACTIVATION_WEBHOOK_SECRET } = SECRET_SETTINGS;
  fleet = await openFleet({ processes: 2, load: few, env: { ACTIVATION_WEBHOOK_SECRET } });
});
afterAll(() => fleet.close());

describe('the same event, told to two processes at once', () => {
  it('is taken once: both say so, with one record and one notice', async () => {
    const admin = fleet.person('Adele Vance', () => fleet.bots[0]!);
    await admin.says('assign cloud support incidents to Alex Wilber');
    await admin.says('alex@fabrikam.com');
    await admin.clicks('Assign user');

    const event = { benefitId: BENEFIT, userEmail: 'alex.wilber@contoso.com', status: 'active' };
    const occurredAt = new Date().toISOString();
    const body = JSON.stringify({ tenantId: fleet.tenantId, ...event, occurredAt });
    const headers = { 'x-signature': signature(body, Math.floor(Date.now() / 1_000)) };
    const tells = (n: number) => fleet.bots[n % 2]!.postTo('/api/activations', body, headers);
    const answers = await Promise.all([0, 1, 2, 3].map(tells));

    expect(answers).toEqual(Array(4).fill({ status: 200, text: '{"status":"active"}' }));
    expect((await fleet.ledger.assignment(BENEFIT, 'alex-wilber'))?.status).toBe('active');
    const rows = await rowsAsText('Ledger', undefined, fleet.connectionString);
    const withKey = (pattern: RegExp) => rows.filter((row) => pattern.test(row));
    expect(withKey(/rowKey: h![^]*"action":"activate"/)).toHaveLength(1);
    // To Alex, wherever on its way it is: waiting, sent, or waiting for them to come.
    const notices = withKey(/rowKey: (o!|os!|u!alex-wilber!n!)[^]*"key":"activated"[^]*alex-wilber/);
    expect(notices.filter((row) => row.includes('"channel":"teams"'))).toHaveLength(1);
  });
});
