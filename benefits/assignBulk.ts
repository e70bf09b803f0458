import { mustBeBenefitsAdmin } from './access';
import { checkedAlternateEmail, giving, mayHold } from './assign';
import { type Bulk, type BulkLine, leftIn, outcomeOf } from './bulk';
import { dayIn } from './days';
import { BenefitError } from './errors';
import type { Benefit, Company, Person, Stored, User } from './model';
import { newSortedId, once, untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { audit, summary } from './records';
import { asksAlternateEmail, heldOf } from './seats';

/** What a bulk is started with. */
interface Start {
  readonly bulkId: string;
  readonly by: User;
  /** The message in which its progress is shown; undefined when there is none. */
  readonly messageId?: string;
}

/**
 * Has all lines of a bulk assigned that can be: by the worker, a part after the other. The same press again changes
 * nothing, also on another card of the same bulk.
 *
 * @throws BenefitError `unknownId`, `notBenefitsAdmin`, or as `once` does
 */
export async function startBulk(ports: Ports, { bulkId, by, messageId }: Start): Promise<void> {
  const { ledger } = ports;
  const known = await ledger.bulk(bulkId);
  if (!known) throw new BenefitError('unknownId');
  const press = { operationId: known.operationId, by: by.id };
  const read = () => Promise.all([ledger.bulk(bulkId), ledger.user(by.id)]);
  await once(ports, 'assignMany', press, read, ([bulk, admin]) => {
    mustBeBenefitsAdmin(admin);
    if (bulk?.state !== 'checked' || leftIn(bulk) === 0) throw new BenefitError('unknownId');
    const at = ports.now().toISOString();
    const { operationId } = press;
    const work = { kind: 'assignMany', bulkId, userId: admin.id, messageId, since: at } as const;
    return {
      changes: [
        { of: 'bulk', before: bulk, after: { ...bulk, state: 'assigning' } },
        { of: 'due', after: { id: newSortedId(ports), at, ...work } },
        {
          of: 'audit',
          after: { operationId, action: 'assignMany', at, by: admin.id, details: { count: leftIn(bulk) } },
        },
      ],
      outcome: { bulkId },
    };
  });
}

/**
 * Assigns the next part of a bulk: counter, assignments, audit and messages of all its lines in one transaction with
 * what became of each line, so that a part is assigned once however often it is begun.
 *
 * @returns the bulk as it is then; undefined when it is not there
 * @throws BenefitError `tooBusy`
 */
export function assignPart(ports: Ports, bulkId: string): Promise<Bulk | undefined> {
  const { ledger } = ports;
  return untilSettled(ports, async () => {
    const bulk = await ledger.bulk(bulkId);
    if (bulk?.state !== 'assigning') return bulk;
    const [part, company, admin] = await Promise.all([
      ledger.bulkPart(bulkId, bulk.doneParts),
      ledger.company(),
      ledger.user(bulk.by.id),
    ]);
    const benefitId = part?.lines[0]?.benefitId;
    if (!part || !company || benefitId === undefined)
      throw new Error(`part ${bulk.doneParts} of bulk ${bulkId} is to be assigned, and a row is gone`);
    const [benefit, people] = await Promise.all([
      ledger.benefit(benefitId),
      Promise.all(part.lines.map(({ userId = '' }) => ledger.person(userId))),
    ]);
    const made = assignLines(ports, { bulk, company, admin, benefit }, part.lines, people);
    const doneParts = bulk.doneParts + 1;
    const assigned = made.lines.filter(({ outcome }) => outcome === 'assigned').length;
    const after: Bulk = {
      ...bulk,
      state: doneParts === bulk.parts ? 'done' : 'assigning',
      doneParts,
      assigned: bulk.assigned + assigned,
      refused: bulk.refused + made.lines.length - assigned,
    };
    await ledger.commit([
      ...made.changes,
      { of: 'bulkPart', before: part, after: { ...part, lines: made.lines } },
      { of: 'bulk', before: bulk, after },
    ]);
    return after;
  });
}

interface Around {
  readonly bulk: Bulk;
  readonly company: Company;
  readonly admin: User | undefined;
  readonly benefit: Stored<Benefit> | undefined;
}

/** Each by the rules of a single assignment, as if one came after the other. */
function assignLines(
  ports: Ports,
  around: Around,
  lines: readonly BulkLine[],
  people: readonly (Person | undefined)[],
): { readonly lines: BulkLine[]; readonly changes: Change[] } {
  const { benefit } = around;
  let after = benefit;
  const changes: Change[] = [];
  const told = lines.map((line, index): BulkLine => {
    try {
      changes.push(...assignLine(ports, { ...around, benefit: after }, line, people[index]));
      after = after && { ...after, held: after.held + 1 };
      return { ...line, outcome: 'assigned' };
    } catch (error) {
      return { ...line, outcome: outcomeOf(error) };
    }
  });
  if (benefit && after && changes.length > 0) changes.push({ of: 'benefit', before: benefit, after });
  return { lines: told, changes };
}

function assignLine(
  ports: Ports,
  { bulk, company, admin, benefit }: Around,
  { number, benefit: typed, user: name, alternateEmail = '' }: BulkLine,
  person: Person | undefined,
): Change[] {
  mustBeBenefitsAdmin(admin);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: typed });
  if (!person) throw new BenefitError('userUnknown', { user: name });
  const { user } = person;
  mayHold(benefit, user, admin, dayIn(company.timeZone, ports.now()), heldOf(person, benefit.id));
  const { assignment, changes } = giving(ports, {
    company,
    benefit,
    user,
    by: summary(admin),
    alternateEmail: asksAlternateEmail(benefit)
      ? checkedAlternateEmail(alternateEmail, company, user)
      : undefined,
    // An audit record's key is its time and its operation: each has its own.
    operationId: `${bulk.operationId}-${number}`,
    isOneOfMany: true,
  });
  return [
    ...changes,
    audit('assign', assignment, admin.id, assignment.assignedAt, { status: assignment.status }),
  ];
}
