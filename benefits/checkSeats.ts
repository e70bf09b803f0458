import type { Finding } from './findings';
import type { LedgerContents } from './ledgerContents';
import type { AuditRecord } from './model';

/** docs/rules.md, rules 6 and 8: the counters, who was deactivated, and the handovers that are planned. */
export function seatFindings(contents: LedgerContents): Finding[] {
  return [...counterFindings(contents), ...leaverFindings(contents), ...handoverFindings(contents)];
}

/** A seat is held by a person, or since its release until it may go to somebody else. */
function counterFindings({ benefit, assignment, due }: LedgerContents): Finding[] {
  const holders = countBy(assignment, ({ benefitId }) => benefitId);
  const toBeFreed = countBy(
    due.filter((work) => work.kind === 'freeSeat'),
    ({ benefitId }) => benefitId,
  );
  return benefit.flatMap(({ id, row, held, seats }): Finding[] => {
    const [people, waiting] = [holders.get(id) ?? 0, toBeFreed.get(id) ?? 0];
    const counted = `counts ${held} held seats; ${people} people hold one, ${waiting} are to be freed later`;
    return [
      ...(held === people + waiting ? [] : [{ code: 'held', row, says: counted } as const]),
      ...(held <= seats && people <= seats && held >= 0
        ? []
        : [{ code: 'seats', row, says: `has ${seats} seats, and ${held} are held` } as const]),
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
    .map(({ row }) => ({ code: 'notReleased', row, says: 'stands, and its user was deactivated' }));
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
  return handover.flatMap(({ row, benefitId, from, madeBy, dueId }): Finding[] => [
    ...(held.has(`${benefitId} ${from.id} ${madeBy}`)
      ? []
      : [
          { code: 'handoverUnfounded', row, says: `is for a seat that ${from.id} does not hold so` } as const,
        ]),
    ...(works.has(`${benefitId} ${from.id} ${dueId}`)
      ? []
      : [{ code: 'handoverUnfounded', row, says: `has no due work ${dueId} that would do it` } as const]),
  ]);
}

/**
 * The history is never purged, and nothing is assigned or released without it: told from its beginning, it ends with
 * who holds what now. Sums, so that the order of what happened at the same moment is no matter.
 */
export function historyFindings({ assignment, audit }: LedgerContents): Finding[] {
  const told = new Map<string, { holds: number; row: string }>();
  for (const record of audit) {
    for (const [userId, change] of movesIn(record)) {
      const seat = `${record.benefitId} ${userId}`;
      told.set(seat, { holds: (told.get(seat)?.holds ?? 0) + change, row: record.row });
    }
  }
  const made = new Set(
    audit.map(({ operationId, benefitId, userId }) => `${operationId} ${benefitId} ${userId}`),
  );
  const unfounded = assignment.flatMap(({ row, benefitId, userId, operationId }): Finding[] => {
    const seat = `${benefitId} ${userId}`;
    const holds = told.get(seat)?.holds ?? 0;
    told.delete(seat);
    if (holds !== 1) return [{ code: 'history', row, says: `is there once, by its history ${holds} times` }];
    if (made.has(`${operationId} ${seat}`)) return [];
    return [{ code: 'history', row, says: `was made by ${operationId}, of which the history does not tell` }];
  });
  const gone = [...told].filter(([, { holds }]) => holds !== 0);
  return [
    ...unfounded,
    ...gone.map(([seat, { holds, row }]): Finding => {
      const [benefitId, userId] = seat.split(' ');
      const says = `tells of ${benefitId}: by the history ${userId} holds it ${holds} times, and doesn't`;
      return { code: 'history', row, says };
    }),
  ];
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

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}
