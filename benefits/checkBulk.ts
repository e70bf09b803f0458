import { mustBeBenefitsAdmin } from './access';
import { checkedAlternateEmail, mayHold } from './assign';
import { atOnce } from './atOnce';
import { type Bulk, type BulkLine, type BulkPart, MOST_LINES, outcomeOf } from './bulk';
import { dayIn } from './days';
import { BenefitError } from './errors';
import { findBenefit, findUser, type Found } from './find';
import type { Benefit, Company, Day, Person, User } from './model';
import { newOperationId, newSortedId } from './operations';
import type { Ledger, Ports } from './ports';
import { summary } from './records';
import { asksAlternateEmail, freeSeats, heldOf } from './seats';
import { isEmail, normalEmail } from './words';

/** A line as it was given. */
export interface GivenLine {
  readonly number: number;
  /** A benefit's name or id. */
  readonly benefit: string;
  /** A user's e-mail address or name. */
  readonly user: string;
  /** Who was picked, and not written. */
  readonly userId?: string;
  readonly alternateEmail?: string;
}

/** A thousand lines are two thousand reads, and whoever sent them waits. */
const READ_AT_ONCE = 50;
/** What one transaction of 100 rows takes beside the benefit, the part and the bulk: six rows each, ten of support. */
const IN_A_PART = { support: 9, other: 16 } as const;
/** So many parts are written at once: a transaction has at most 4 MiB. */
const PARTS_AT_ONCE = 50;
/** What is kept of a cell, in characters: a part is one row, of which storage takes 32,768. */
const KEPT = { name: 100, address: 254 } as const;
/** How many benefits are told one by one. */
const MOST_TOLD = 12;

/**
 * Looks what would become of each line, if all were assigned now in their order, and keeps that. Nothing is assigned.
 * @throws BenefitError `notBenefitsAdmin`, `companyNotLoaded`, `listEmpty`, `listTooLong`
 */
export async function checkBulk(ports: Ports, admin: User, given: readonly GivenLine[]): Promise<Bulk> {
  const { ledger } = ports;
  mustBeBenefitsAdmin(admin);
  if (given.length === 0) throw new BenefitError('listEmpty');
  if (given.length > MOST_LINES) throw new BenefitError('listTooLong', { limit: MOST_LINES });
  const [company, catalogue, people] = await Promise.all([
    ledger.company(),
    ledger.benefits(),
    peopleMeant(ledger, given),
  ]);
  if (!company) throw new BenefitError('companyNotLoaded');
  const check = new Check(company, dayIn(company.timeZone, ports.now()), admin, catalogue);
  const lines = given.map((line) => check.line(line, people.get(textOf(line)) ?? nobody(line)));
  const id = newSortedId(ports);
  const parts = partsOf(id, lines, check.benefits);
  for (let from = 0; from < parts.length; from += PARTS_AT_ONCE) {
    const some = parts.slice(from, from + PARTS_AT_ONCE);
    await ledger.commit(some.map((after) => ({ of: 'bulkPart', after })));
  }
  const { taken } = check;
  const refusedParts = parts.filter(({ lines: [first] }) => first?.outcome !== undefined).length;
  const bulk: Bulk = {
    id,
    by: summary(admin),
    at: ports.now().toISOString(),
    state: 'checked',
    operationId: newOperationId(ports, admin.id),
    lines: lines.length,
    parts: parts.length,
    doneParts: refusedParts,
    assigned: 0,
    refused: lines.filter(({ outcome }) => outcome !== undefined).length,
    benefits: taken.slice(0, MOST_TOLD),
    moreBenefits: Math.max(0, taken.length - MOST_TOLD),
  };
  // Last: a bulk that is there has all its parts.
  await ledger.commit([{ of: 'bulk', after: bulk }]);
  return bulk;
}

type Meant = { readonly person: Person } | { readonly refusal: BenefitError };

const textOf = ({ userId, user }: GivenLine): string => userId ?? user;
const nobody = ({ user }: GivenLine): Meant => ({ refusal: new BenefitError('userUnknown', { user }) });

/** Everybody whom the lines mean, each looked up once. */
async function peopleMeant(ledger: Ledger, given: readonly GivenLine[]): Promise<Map<string, Meant>> {
  const different = [...new Map(given.map((line) => [textOf(line), line])).values()];
  const people = new Map<string, Meant>();
  await atOnce(READ_AT_ONCE, different, async (line) => {
    people.set(textOf(line), await personMeant(ledger, line));
  });
  return people;
}

async function personMeant(ledger: Ledger, line: GivenLine): Promise<Meant> {
  const { user } = line;
  if (line.userId === undefined && user === '') return { refusal: new BenefitError('userMissing') };
  const id = line.userId ?? (isEmail(user) ? await ledger.userIdOfEmail(normalEmail(user)) : undefined);
  if (id === undefined && !isEmail(user)) return personCalled(ledger, user);
  const person = id === undefined ? undefined : await ledger.person(id);
  return person ? { person } : nobody(line);
}

async function personCalled(ledger: Ledger, user: string): Promise<Meant> {
  const found = await findUser(user, ledger);
  if ('several' in found) return { refusal: new BenefitError('userAmbiguous', { user }) };
  const person = 'one' in found ? await ledger.person(found.one.id) : undefined;
  return person ? { person } : { refusal: new BenefitError('userUnknown', { user }) };
}

/** What the lines so far have taken. */
class Check {
  readonly benefits: Map<string, Benefit>;
  private readonly counts = new Map<string, number>();
  /** What is written again and again is looked for once. */
  private readonly found = new Map<string, Found<Benefit>>();
  /** In which line somebody was given a benefit. */
  private readonly given = new Map<string, number>();

  constructor(
    private readonly company: Company,
    private readonly today: Day,
    private readonly admin: User,
    private readonly catalogue: readonly Benefit[],
  ) {
    this.benefits = new Map(catalogue.map((benefit) => [benefit.id, benefit]));
  }

  get taken(): Bulk['benefits'] {
    return [...this.benefits.values()].flatMap((benefit) => {
      const count = this.counts.get(benefit.id);
      return count === undefined ? [] : [{ benefitId: benefit.id, count, freeAfter: freeSeats(benefit) }];
    });
  }

  line({ number, benefit: typed, user, alternateEmail }: GivenLine, meant: Meant): BulkLine {
    const found = this.found.get(typed) ?? findBenefit(typed, this.catalogue);
    this.found.set(typed, found);
    const benefit = 'one' in found ? found.one : undefined;
    const person = 'person' in meant ? meant.person : undefined;
    const line: BulkLine = {
      number,
      benefit: kept(typed, KEPT.name),
      user: kept(user, KEPT.address),
      ...(alternateEmail && { alternateEmail: kept(alternateEmail, KEPT.address) }),
      benefitId: benefit?.id,
      userId: person?.user.id,
      userName: person?.user.displayName,
    };
    try {
      if (!benefit) throw new BenefitError(whyNone(typed, found), { benefit: line.benefit });
      if ('refusal' in meant) throw meant.refusal;
      this.take(line, benefit.id, meant.person);
      return line;
    } catch (error) {
      return { ...line, outcome: outcomeOf(error) };
    }
  }

  private take({ number, alternateEmail = '' }: BulkLine, benefitId: string, person: Person): void {
    const { user } = person;
    const name = `${benefitId} ${user.id}`;
    const before = this.given.get(name);
    if (before !== undefined) throw new BenefitError('twiceInList', { line: before });
    const benefit = this.benefits.get(benefitId);
    if (!benefit) throw new Error(`${benefitId} was just found, and is not there`);
    mayHold(benefit, user, this.admin, this.today, heldOf(person, benefitId));
    if (asksAlternateEmail(benefit)) checkedAlternateEmail(alternateEmail, this.company, user);
    this.given.set(name, number);
    this.counts.set(benefitId, (this.counts.get(benefitId) ?? 0) + 1);
    this.benefits.set(benefitId, { ...benefit, held: benefit.held + 1 });
  }
}

/** Control characters take six characters in a row. */
const kept = (text: string, most: number): string => text.replace(/\p{C}/gu, ' ').slice(0, most);

function whyNone(typed: string, found: object): 'benefitMissing' | 'benefitAmbiguous' | 'benefitUnknown' {
  if (typed === '') return 'benefitMissing';
  return 'several' in found ? 'benefitAmbiguous' : 'benefitUnknown';
}

/** What can't be assigned first, then benefit by benefit, each in the order of its lines. */
function partsOf(
  bulkId: string,
  lines: readonly BulkLine[],
  benefits: ReadonlyMap<string, Benefit>,
): BulkPart[] {
  const refused = lines.filter(({ outcome }) => outcome !== undefined);
  const parts: (readonly BulkLine[])[] = cut(refused, IN_A_PART.other);
  for (const { id, kind } of benefits.values()) {
    const some = lines.filter(({ benefitId, outcome }) => benefitId === id && outcome === undefined);
    parts.push(...cut(some, kind === 'support' ? IN_A_PART.support : IN_A_PART.other));
  }
  return parts.map((some, index) => ({ bulkId, index, lines: some }));
}

const cut = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));
