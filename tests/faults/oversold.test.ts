import type { Chatter } from '../parts/chatter';
import { type Fleet, openFleet } from '../parts/fleet';

const ADMINS = 50;
const LAST_SEAT = 'visual-studio-test-professional';

let fleet: Fleet;
afterEach(() => fleet.close());

describe('the last seat', () => {
  it('goes to one of 50 admins who press at once in three processes; 49 are told so', async () => {
    fleet = await openFleet({
      load: (file) => ({
        ...file,
        users: Array.from({ length: ADMINS }, (_, n) => ({
          id: `admin-${n}`,
          email: `admin.${n}@contoso.com`,
          displayName: `Admin ${n}`,
          roles: ['benefitsAdmin'],
          active: true,
        })),
      }),
    });
    const admins: Chatter[] = [];
    for (let n = 0; n < ADMINS; n += 1) {
      const admin = fleet.person(`Admin ${n}`, () => fleet.bots[n % fleet.bots.length]!);
      admins.push(admin);
      await admin.says(`assign ${LAST_SEAT} to Admin ${n}`);
    }
    await Promise.all(admins.map((admin) => admin.clicks('Assign user')));
    const got = admins.filter((admin) => admin.reads().includes('Assigned to you'));
    const refused = admins.filter((admin) => admin.reads().includes('No seat of'));
    expect([got.length, refused.length]).toEqual([1, ADMINS - 1]);
    expect((await fleet.ledger.benefit(LAST_SEAT))?.held).toBe(1);
    expect(await fleet.ledger.holders(LAST_SEAT, ADMINS)).toHaveLength(1);
  });
});
