import { createHash } from 'node:crypto';
import type {
  Assignment,
  AuditRecord,
  Benefit,
  Chat,
  Company,
  DueWork,
  Notice,
  Operation,
  User,
} from '../benefits/model';
import type { Change } from '../benefits/ports';

/**
 * The rows of a tenant's partition. Ids are `[a-z0-9-]`, `!` separates; a range is written as its prefix
 * (docs/architecture.md has the table).
 */
export const keys = {
  company: 'company',
  benefits: 'b!',
  benefit: (benefitId: string) => `b!${benefitId}`,
  assignment: (benefitId: string, userId: string) => `ba!${benefitId}!${userId}`,
  user: (userId: string) => `u!${userId}`,
  assignmentOfUser: (userId: string, benefitId: string) => `u!${userId}!a!${benefitId}`,
  chat: (userId: string) => `u!${userId}!c`,
  usersByName: 'n!',
  userByName: (name: string, userId: string) => `n!${name}!${userId}`,
  usersByWords: (words: string) => `s!${words}`,
  userByWords: (words: string, userId: string) => `s!${words}!${userId}`,
  usersWithRole: (role: string) => `r!${role}!`,
  userWithRole: (role: string, userId: string) => `r!${role}!${userId}`,
  signIn: (objectId: string) => `i!o!${objectId}`,
  email: (normalEmail: string) => `i!m!${createHash('sha256').update(normalEmail).digest('hex')}`,
  operation: (id: string) => `op!${id}`,
  notices: (state: Exclude<Notice['state'], 'open'>) =>
    ({ waiting: 'o!', sent: 'os!', parked: 'ox!' })[state],
  openNotice: (userId: string, id: string) => `u!${userId}!n!${id}`,
  dueWork: 'd!',
  pending: 'p!',
} as const;

/** One row of the ledger; `value` is stored as JSON. */
export interface Row {
  readonly rowKey: string;
  readonly value: object;
}

/** The longest words kept in a key: Azure allows 512 characters, and the rest of the key wants some. */
const WORDS_LENGTH = 200;

/** How names are folded for keys; handed in, since storage knows only the types of the domain. */
export type Fold = (text: string) => string;

/** What a change writes: the main row first, then its index rows. */
export function rowsOf(change: Change, which: 'before' | 'after', fold: Fold): Row[] {
  switch (change.of) {
    case 'company':
      return rows(change[which], companyRows);
    case 'benefit':
      return rows(change[which], benefitRows);
    case 'assignment':
      return rows(change[which], assignmentRows);
    case 'user':
      return rows(change[which], (user) => userRows(user, fold));
    case 'operation':
      return which === 'after' ? operationRows(change.after) : [];
    case 'audit':
      return which === 'after' ? auditRows(change.after) : [];
    case 'notice':
      return rows(change[which], noticeRows);
    case 'due':
      return rows(change[which], dueRows);
  }
}

function rows<T extends object>(entity: T | undefined, of: (entity: T) => Row[]): Row[] {
  return entity === undefined ? [] : of(withoutETag(entity));
}

function withoutETag<T extends object>(entity: T): T {
  return 'etag' in entity ? { ...entity, etag: undefined } : entity;
}

const companyRows = (company: Company): Row[] => [{ rowKey: keys.company, value: company }];

const benefitRows = (benefit: Benefit): Row[] => [{ rowKey: keys.benefit(benefit.id), value: benefit }];

const assignmentRows = (assignment: Assignment): Row[] => [
  { rowKey: keys.assignment(assignment.benefitId, assignment.userId), value: assignment },
  { rowKey: keys.assignmentOfUser(assignment.userId, assignment.benefitId), value: assignment },
  ...(assignment.status === 'activating' ? [{ rowKey: pendingKey(assignment), value: assignment }] : []),
];

/** What is being activated, the longest waiting first. */
export const pendingKey = ({
  assignedAt,
  benefitId,
  userId,
}: Pick<Assignment, 'assignedAt' | 'benefitId' | 'userId'>): string =>
  `${keys.pending}${assignedAt}!${benefitId}!${userId}`;

function userRows(user: User, fold: Fold): Row[] {
  const { id, email, displayName, active, objectId } = user;
  const summary = { id, email, displayName, active };
  const name = fold(displayName).slice(0, WORDS_LENGTH);
  return [
    { rowKey: keys.user(id), value: user },
    { rowKey: keys.email(email), value: { userId: id } },
    ...(objectId === undefined ? [] : [{ rowKey: keys.signIn(objectId), value: { userId: id } }]),
    ...(active ? listRows() : []),
  ];

  /** Where lists and searches find them; the inactive are in none. */
  function listRows(): Row[] {
    const words = new Set([...rotations(name), fold(email).slice(0, WORDS_LENGTH)]);
    return [
      { rowKey: keys.userByName(name, id), value: summary },
      ...[...words].map((each) => ({ rowKey: keys.userByWords(each, id), value: summary })),
      ...user.roles.map((role) => ({ rowKey: keys.userWithRole(role, id), value: summary })),
    ];
  }
}

/** "jean paul dupont" → also "paul dupont jean" and "dupont jean paul": whichever part is typed first is a prefix. */
function rotations(name: string): string[] {
  const words = name.split(' ').slice(0, 6);
  return words.map((_, first) => [...words.slice(first), ...words.slice(0, first)].join(' '));
}

const operationRows = (operation: Operation): Row[] => [
  { rowKey: keys.operation(operation.id), value: operation },
];

/** Where a notice stands follows from its state: a change of state moves it, in one transaction. */
const noticeRows = (notice: Notice): Row[] => [
  {
    rowKey:
      notice.state === 'open'
        ? keys.openNotice(notice.userId, notice.id)
        : `${keys.notices(notice.state)}${notice.id}`,
    value: notice,
  },
];

const dueRows = (due: DueWork): Row[] => [{ rowKey: `${keys.dueWork}${due.at}!${due.id}`, value: due }];

/** Milliseconds counted down, so that the newest comes first. */
const NEWEST_FIRST_FROM = 9_999_999_999_999;

function auditRows(record: AuditRecord): Row[] {
  const reversed = NEWEST_FIRST_FROM - new Date(record.at).getTime();
  const end = `${reversed}!${record.operationId}`;
  return [
    { rowKey: `h!${end}`, value: record },
    ...(record.benefitId === undefined ? [] : [{ rowKey: `hb!${record.benefitId}!${end}`, value: record }]),
    ...(record.userId === undefined ? [] : [{ rowKey: `hu!${record.userId}!${end}`, value: record }]),
  ];
}

export const chatRow = (userId: string, chat: Chat): Row => ({
  rowKey: keys.chat(userId),
  value: withoutETag(chat),
});
