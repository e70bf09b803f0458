import { type Finding, finding } from './findings';
import type { Kept, LedgerContents } from './ledgerContents';
import type { AuditRecord } from './model';

/** docs/rules.md, rules 6 and 8: the counters, who was deactivated, and the handovers that are planned. */
export function seatFindings(contents: LedgerContents): Finding[] {
  return [...counterFindings(contents), ...leaverFindings(contents), ...handoverFindings(contents)];
}

/** A seat is held by a person, or since its release until it may go to somebody else. */
function counterFindings({ benefit, assignment, due }: LedgerContents): Finding[] {
  const holders = countByBenefit(assignment);
  const toBeFreed = countByBenefit(due.filter((work) => work.kind === 'freeSeat'));
  return benefit.flatMap((each) => {
    const { id, held, seats } = each;
    const [people, waiting] = [holders.get(id) ?? 0, toBeFreed.get(id) ?? 0];
    const counted = `counts ${held} held seats; ${people} people hold one, ${waiting} are to be freed later`;
    const isOversold = held < 0 || held > seats || people > seats;
    return [
      ...(held === people + waiting ? [] : [finding('held', each, counted)]),
      ...(isOversold ? [finding('seats', each, `has ${seats} seats; it ${counted}`)] : []),
    ];
  });
}

/** An import may say that a person is gone and leave what they hold; a deactivation takes it, now or as due work. */
function leaverFindings({ user, assignment, audit, due }: LedgerContents): Finding[] {
  const inactive = new Set(user.filter(({ active }) => !active).map(({ id }) => id));
  const deactivated = new Set(audit.flatMap((each) => (each.action === 'deactivate' ? [each.userId] : [])));
  const releasing = new Set(due.flatMap((work) => (work.kind === 'releaseAll' ? [work.userId] : [])));
  return assignment
    .filter(({ userId }) => inactive.has(userId) && deactivated.has(userId) && !releasing.has(userId))
    .map((each) => finding('notReleased', each, 'stands, and its user was deactivated'));
}

/** It stands for the assignment that it was planned for, and has the due work that will do it. */
function handoverFindings({ handover, assignment, due }: LedgerContents): Finding[] {
  const held = new Set(
    assignment.map(({ benefitId, userId, operationId }) => `${benefitId} ${userId} ${operationId}`),
  );
  const works = new Set(
    due.flatMap((work) =>
      work.kind === 'handover' ? [`${work.benefitId} ${work.fromUserId} ${work.id}`] : [],
    ),
  );
  return handover.flatMap((each) => {
    const seat = `${each.benefitId} ${each.from.id}`;
    const wrong = [
      ...(held.has(`${seat} ${each.madeBy}`) ? [] : [`is for a seat that ${each.from.id} does not hold`]),
      ...(works.has(`${seat} ${each.dueId}`) ? [] : [`has no due work ${each.dueId} that would do it`]),
    ];
    return wrong.length === 0 ? [] : [finding('handoverUnfounded', each, wrong.join(', and '))];
  });
}

/**
 * The history is never purged, and nothing is assigned or released without it: told from its beginning, it ends with
 * who holds what now. Sums, so that the order of what happened at the same moment is no matter.
 */
export function historyFindings({ assignment, audit }: LedgerContents): Finding[] {
  const told = toldBy(audit);
  const made = new Set(
    audit.map(({ operationId, benefitId, userId }) => `${operationId} ${benefitId} ${userId}`),
  );
  const held = new Set<string>();
  const unfounded = assignment.flatMap((each) => {
    const seat = `${each.benefitId} ${each.userId}`;
    held.add(seat);
    const holds = told.get(seat)?.holds ?? 0;
    if (holds !== 1) return [finding('history', each, `stands once, and by the history ${holds} times`)];
    if (made.has(`${each.operationId} ${seat}`)) return [];
    return [finding('history', each, `was made by ${each.operationId}, which the history does not tell of`)];
  });
  const gone = [...told].filter(([seat, { holds }]) => holds !== 0 && !held.has(seat));
  return [
    ...unfounded,
    ...gone.map(([seat, { holds, newest }]) => {
      const [benefitId, userId] = seat.split(' ');
      const says = `is the last of ${benefitId} and ${userId}, who by the history holds it ${holds} times, and does not`;
      return finding('history', newest, says);
    }),
  ];
}

interface Told {
  /** How often somebody holds something by what is told of it. */
  readonly holds: number;
  readonly newest: Kept<AuditRecord>;
}

function toldBy(audit: readonly Kept<AuditRecord>[]): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const record of audit) {
    for (const [userId, change] of movesIn(record)) {
      const seat = `${record.benefitId} ${userId}`;
      const { holds, newest } = told.get(seat) ?? { holds: 0, newest: record }; // they stand newest first
      told.set(seat, { holds: holds + change, newest });
    }
  }
  return told;
}

/** Who gets a seat by what is told, and who loses it. */
function movesIn({ action, userId = '', fromUserId = '' }: AuditRecord): [userId: string, change: 1 | -1][] {
  switch (action) {
    case 'assign':
      return [[userId, 1]];
    case 'release':
    case 'undo':
      return [[userId, -1]];
    case 'reassign':
      return [
        [userId, 1],
        [fromUserId, -1],
      ];
    default:
      return [];
  }
}

function countByBenefit(all: readonly { readonly benefitId: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { benefitId } of all) counts.set(benefitId, (counts.get(benefitId) ?? 0) + 1);
  return counts;
}
