import { mayGetKeys } from './access';
import { dayIn } from './days';
import { BenefitError } from './errors';
import { audited, hiding, HIDDEN_AFTER_MS, keepsHiding } from './keysOnCards';
import type { Assignment, Benefit, Company, Day, Instant, LocalText, Stored, User } from './model';
import { type Decision, once, type Press } from './operations';
import type { Change, Ports } from './ports';
import type { Claims, ProductKey } from './productKey';
import { summary } from './records';
import { isEnded } from './seats';

/** How often a day a person may claim keys of a benefit that doesn't say so itself. */
export const CLAIMS_A_DAY = 10;

export interface KeyOrder {
  readonly benefitId: string;
  /** Of single-use keys: one more than those that are theirs. */
  readonly another?: boolean;
  /** The message on which they will be shown. */
  readonly messageId: string;
}

/** What a claim came to: never a key itself. */
export interface Claimed {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly keyIds: readonly string[];
  readonly claimedAt: Instant;
}

interface KeyFacts {
  readonly company?: Company;
  readonly user?: User;
  readonly benefit?: Stored<Benefit>;
  readonly assignment?: Assignment;
  readonly keys: readonly Stored<ProductKey>[];
  readonly claims?: Stored<Claims>;
  readonly today: Day;
}

/**
 * Claims product keys and opens them (docs/rules.md, rules 3, 5 and 16). The claim, its audit record and the work
 * of hiding them are committed before anything is shown. The same press again shows the same for ten minutes.
 *
 * @throws BenefitError `keysNotForYou`, `noKeys`, `keysEnded`, `claimedTooOften`, `noActivationLeft`, `noFreeKey`,
 * `keysHidden` when the ten minutes are over, or as `once` does
 */
export async function claimKeys(
  ports: Ports,
  press: Press,
  order: KeyOrder,
): Promise<{ readonly claimed: Claimed; readonly keys: readonly string[] }> {
  const latest: { facts?: KeyFacts } = {};
  const read = async () => (latest.facts = await readAroundKeys(ports, press.by, order.benefitId));
  const claimed = await once(ports, 'claimKeys', press, read, (facts) => decide(ports, press, order, facts));

  const { user, benefit, assignment, keys = [], today = '' } = latest.facts ?? {};
  mustGetKeys(user, benefit, assignment !== undefined, today);
  if (claimed.benefit.id !== order.benefitId) throw new BenefitError('operationNotYours');
  if (ports.now().getTime() - Date.parse(claimed.claimedAt) > HIDDEN_AFTER_MS)
    throw new BenefitError('keysHidden', { minutes: HIDDEN_AFTER_MS / 60_000 });
  await keepsHiding(ports, hiding(press, claimed, order.messageId));
  const theirs = keys.filter(({ id }) => claimed.keyIds.includes(id));
  return { claimed, keys: theirs.map((key) => openKey(ports, key)) };
}

async function readAroundKeys({ ledger, now }: Ports, userId: string, benefitId: string): Promise<KeyFacts> {
  const company = await ledger.company();
  const today = dayIn(company?.timeZone ?? 'UTC', now());
  const [user, benefit, assignment, keys, claims] = await Promise.all([
    ledger.user(userId),
    ledger.benefit(benefitId),
    ledger.assignment(benefitId, userId),
    ledger.productKeys(benefitId),
    ledger.claims(userId, today),
  ]);
  return { company, user, benefit, assignment, keys, claims, today };
}

/**
 * May this person get the keys of this benefit today? Asked at each step, and by the claim.
 * @throws BenefitError `keysNotForYou`, `noKeys`, `keysEnded`
 */
export function mustGetKeys(
  user: User | undefined,
  benefit: Benefit | undefined,
  holds: boolean,
  today: Day,
): asserts benefit is Benefit {
  if (!user || !benefit) throw new BenefitError('keysNotForYou');
  const facts = { benefit: benefit.name };
  if (!benefit.keyKind) throw new BenefitError('noKeys', facts);
  if (!mayGetKeys(user, benefit, holds)) throw new BenefitError('keysNotForYou');
  if (benefit.endsOn !== undefined && isEnded(benefit, today))
    throw new BenefitError('keysEnded', { ...facts, endsOn: { date: benefit.endsOn } });
}

function decide(ports: Ports, press: Press, order: KeyOrder, facts: KeyFacts): Decision<Claimed> {
  const { company, user, benefit, assignment, keys, claims, today } = facts;
  if (!company) throw new BenefitError('companyNotLoaded');
  mustGetKeys(user, benefit, assignment !== undefined, today);
  if (!user) throw new BenefitError('keysNotForYou');
  const { counts = {} } = claims ?? {};
  // A benefit may be called "constructor".
  const sofar = Object.hasOwn(counts, benefit.id) ? (counts[benefit.id] ?? 0) : 0;
  const most = benefit.claimsADay ?? CLAIMS_A_DAY;
  if (sofar >= most) throw new BenefitError('claimedTooOften', { most, benefit: benefit.name });

  const claimedAt = ports.now().toISOString();
  const { shown, changes } = pick(benefit, keys, user, claimedAt, order.another ?? false);
  // What can't be opened isn't claimed.
  for (const key of shown) openKey(ports, key);
  const claimed = {
    benefit: { id: benefit.id, name: benefit.name },
    keyIds: shown.map(({ id }) => id),
    claimedAt,
  };
  return {
    changes: [
      ...changes,
      {
        of: 'claims',
        before: claims,
        after: { userId: user.id, day: today, counts: { ...counts, [benefit.id]: sofar + 1 } },
      },
      audited('claimKeys', press, claimed),
      { of: 'due', after: hiding(press, claimed, order.messageId) },
    ],
    outcome: claimed,
  };
}

interface Picked {
  readonly shown: readonly ProductKey[];
  readonly changes: readonly Change[];
}

/** docs/rules.md, rule 16. @throws BenefitError `noKeys`, `noActivationLeft`, `noFreeKey` */
function pick(
  benefit: Stored<Benefit>,
  keys: readonly Stored<ProductKey>[],
  user: User,
  at: Instant,
  another: boolean,
): Picked {
  const facts = { benefit: benefit.name };
  if (keys.length === 0) throw new BenefitError('noKeys', facts);
  if (benefit.keyKind === 'static') return { shown: keys, changes: [] };
  if (benefit.keyKind === 'multipleActivation') {
    const key = keys.find(({ left = 0 }) => left > 0);
    if (!key) throw new BenefitError('noActivationLeft', facts);
    return given(benefit, [key], key, { ...key, left: (key.left ?? 0) - 1 });
  }
  const theirs = keys.filter(({ owner }) => owner?.id === user.id);
  if (theirs.length > 0 && !another) return { shown: theirs, changes: [] };
  const free = keys.find(({ owner }) => owner === undefined);
  if (!free) throw new BenefitError('noFreeKey', facts);
  return given(benefit, [...theirs, free], free, { ...free, owner: summary(user), ownedSince: at });
}

/** One key, or one activation of it, is given out: the benefit counts it, and its row settles who was first. */
function given(
  benefit: Stored<Benefit>,
  shown: readonly ProductKey[],
  before: Stored<ProductKey>,
  after: ProductKey,
): Picked {
  const { total, given: count } = benefit.keyCounts ?? { total: 0, given: 0 };
  const counted = { ...benefit, keyCounts: { total, given: count + 1 } };
  return {
    shown,
    changes: [
      { of: 'benefit', before: benefit, after: counted },
      { of: 'productKey', before, after },
    ],
  };
}

/** Where a key is sealed for: nowhere else it can be opened. The cipher adds the tenant. */
export const placeOf = ({ benefitId, id }: Pick<ProductKey, 'benefitId' | 'id'>): string =>
  `${benefitId}/${id}`;

const openKey = ({ cipher }: Ports, key: ProductKey): string => cipher.open(key.sealed, placeOf(key));
