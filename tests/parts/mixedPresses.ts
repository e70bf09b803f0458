import { assignBenefit } from '../../benefits/assign';
import { deactivateUser, reactivateUser } from '../../benefits/deactivate';
import { BenefitError } from '../../benefits/errors';
import type { CompanyFile } from '../../benefits/importCompany';
import { claimKeys } from '../../benefits/keys';
import type { Role } from '../../benefits/model';
import type { Press } from '../../benefits/operations';
import type { Ports } from '../../benefits/ports';
import { reassign } from '../../benefits/reassign';
import { releaseAssignment } from '../../benefits/release';
import { setRoles } from '../../benefits/roles';
import { undoAssignment } from '../../benefits/undo';
import { contoso } from './company';
import type { Dice } from './dice';
import { ADELE, ALEX, BOUND, DIEGO, JEAN, MARIE, MULTIPLE, pressBy, SINGLE_USE } from './manyFlows';

const NESTOR = 'nestor-wilke';
const CAMILLE = 'camille-durand';
const ADMINS = [ADELE, NESTOR, ADELE, NESTOR, CAMILLE];
/** Who is given benefits and roles, deactivated and activated again: of the admins only Camille. */
const USERS = [ALEX, MARIE, JEAN, DIEGO, CAMILLE];
/** Nine seats of four benefits: 1, 2, 3 that take days to activate, and 3 that can't be moved for 90 days. */
const SEATS = ['visual-studio-test-professional', 'power-bi-pro', 'cloud-support-incidents', BOUND];

/** Few people, few seats, few keys: whatever is done, others want the same. */
export const fewSeats: CompanyFile = {
  ...contoso,
  users: contoso.users.filter(({ id }) => [ADELE, NESTOR, ...USERS].includes(id)),
  benefits: contoso.benefits.flatMap((benefit): CompanyFile['benefits'] => {
    const keys = Array.from({ length: 12 }, (_, n) => ({ key: `AAAA1-BBBB2-CCCC3-DDDD4-EEE${10 + n}` }));
    if (benefit.id === SINGLE_USE) return [{ ...benefit, claimsADay: 1_000, keys }];
    if (benefit.id === MULTIPLE)
      return [{ ...benefit, claimsADay: 1_000, keys: [{ key: 'AAAA1-BBBB2-CCCC3', activations: 15 }] }];
    return SEATS.includes(benefit.id) ? [benefit] : [];
  }),
};

type Action =
  'assign' | 'release' | 'reassign' | 'undo' | 'claimKeys' | 'deactivate' | 'reactivate' | 'setRoles';
/** How often each is done. */
const MIX: readonly Action[] = [
  ...Array<Action>(14).fill('assign'),
  ...Array<Action>(8).fill('release'),
  ...Array<Action>(5).fill('reassign'),
  ...Array<Action>(3).fill('undo'),
  ...Array<Action>(6).fill('claimKeys'),
  ...(['deactivate', 'deactivate', 'reactivate', 'reactivate', 'reactivate', 'setRoles'] as const),
];

interface Asked {
  readonly action: Action;
  readonly press: Press;
  readonly benefitId: string;
  readonly userId: string;
  /** Who gets the seat of a reassignment. */
  readonly toUserId: string;
  readonly roles: readonly Role[];
}

/** One press: what was asked for, and what whoever pressed was told. */
export interface Told extends Asked {
  /** The keys that were shown; empty when it is about none. */
  readonly keys: readonly string[];
  /** Undefined when it was done. */
  readonly refusal?: string;
}

const isTaking = (action: Action): boolean =>
  action === 'release' || action === 'reassign' || action === 'undo';
/** As many as there are seats. */
const RECENT = 9;
/** One in so many presses is made twice at once, in two processes. */
const TWICE_IN = 8;

/** Presses that fall as the dice do, each in one of several processes, and what came of them. */
export class MixedPresses {
  readonly told: Told[] = [];
  /** The operation that last gave a user a benefit, as whoever did it knows; the latest last. */
  private readonly made = new Map<string, string>();

  constructor(
    private readonly processes: readonly Ports[],
    private readonly dice: Dice,
  ) {}

  /** @throws whatever is no refusal */
  async makesOne(): Promise<void> {
    const { dice } = this;
    const action = dice.oneOf(MIX);
    const isOfUsers = action === 'deactivate' || action === 'reactivate' || action === 'setRoles';
    const [ports, other] = [dice.oneOf(this.processes), dice.oneOf(this.processes)];
    const what: Asked = {
      action,
      press: pressBy(ports, isOfUsers ? ADELE : dice.oneOf(ADMINS)),
      ...this.seatFor(action),
      toUserId: dice.oneOf(USERS),
      roles: dice.oneOf([[], ['benefitsAdmin'], ['accountAdmin', 'benefitsAdmin']] as const),
    };
    const at = dice.below(TWICE_IN) === 0 ? [ports, other] : [ports];
    const ends = await Promise.all(at.map((process) => this.does(process, what)));
    const done = ends.filter(({ refusal }) => refusal === undefined);
    // Its twin has the same answer, unless it was refused before.
    if (done.length === 2) expect(done[1]).toEqual(done[0]);
    const end = done[0] ?? ends[0];
    if (end) this.told.push({ ...what, ...end });
  }

  /** Mostly one that was given lately, when it is to be taken away. */
  private seatFor(action: Action): Pick<Asked, 'benefitId' | 'userId'> {
    const { dice } = this;
    const given = [...this.made.keys()].slice(-RECENT);
    if (isTaking(action) && given.length > 0 && dice.below(4) > 0) {
      const [benefitId = '', userId = ''] = dice.oneOf(given).split(' ');
      return { benefitId, userId };
    }
    const benefits = action === 'claimKeys' ? [SINGLE_USE, MULTIPLE] : SEATS;
    return { benefitId: dice.oneOf(benefits), userId: dice.oneOf(USERS) };
  }

  private gave(benefitId: string, userId: string, { operationId }: Press): void {
    const seat = `${benefitId} ${userId}`;
    this.made.delete(seat);
    this.made.set(seat, operationId);
  }

  private async does(ports: Ports, what: Asked): Promise<Pick<Told, 'keys' | 'refusal'>> {
    try {
      return { keys: await this.asks(ports, what) };
    } catch (error) {
      if (error instanceof BenefitError) return { keys: [], refusal: error.code };
      throw error;
    }
  }

  /** @returns the keys that are shown */
  private async asks(ports: Ports, what: Asked): Promise<readonly string[]> {
    const { action, press, benefitId, userId, toUserId, roles } = what;
    const seat = { benefitId, userId };
    const alternateEmail = 'somebody@fabrikam.com';
    switch (action) {
      case 'assign':
        await assignBenefit(ports, press, { ...seat, alternateEmail });
        this.gave(benefitId, userId, press);
        break;
      case 'release':
        await releaseAssignment(ports, press, seat);
        break;
      case 'reassign':
        await reassign(ports, press, { benefitId, fromUserId: userId, toUserId, alternateEmail });
        this.gave(benefitId, toUserId, press);
        break;
      case 'undo':
        await undoAssignment(ports, press, {
          ...seat,
          madeBy: this.made.get(`${benefitId} ${userId}`) ?? '',
        });
        break;
      case 'claimKeys':
        return (await claimKeys(ports, press, { benefitId, another: true, messageId: 'message-1' })).keys;
      case 'deactivate':
        await deactivateUser(ports, press, { userId });
        break;
      case 'reactivate':
        await reactivateUser(ports, press, { userId });
        break;
      case 'setRoles':
        await setRoles(ports, press, { userId, roles });
    }
    return [];
  }
}
