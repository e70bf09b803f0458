import { createHash } from 'node:crypto';
import type { Assignment, AuditRecord, User } from '../benefits/model';
import type { Notice } from '../benefits/work';

/**
 * The rows of a tenant's partition. Ids are `[a-z0-9-]`, `!` separates; a range is written as its prefix
 * (docs/architecture.md has the table).
 */
export const keys = {
  company: 'company',
  benefits: 'b!',
  benefit: (benefitId: string) => `b!${benefitId}`,
  assignment: (benefitId: string, userId: string) => `ba!${benefitId}!${userId}`,
  assignments: (benefitId: string) => `ba!${benefitId}!`,
  handover: (benefitId: string, fromUserId: string) => `bh!${benefitId}!${fromUserId}`,
  handovers: (benefitId: string) => `bh!${benefitId}!`,
  productKey: (benefitId: string, id: string) => `bk!${benefitId}!${id}`,
  productKeys: (benefitId: string) => `bk!${benefitId}!`,
  claims: 'kc!',
  claimsOf: (day: string, userId: string) => `kc!${day}!${userId}`,
  refusals: 'rf!',
  refusalsOf: (minute: string, userId: string) => `rf!${minute}!${userId}`,
  serviceRequest: (id: string) => `q!${id}`,
  serviceRequests: 'ql!',
  serviceRequestsOf: (userId: string) => `qu!${userId}!`,
  users: 'u!',
  user: (userId: string) => `u!${userId}`,
  assignmentOfUser: (userId: string, benefitId: string) => `u!${userId}!a!${benefitId}`,
  chat: (userId: string) => `u!${userId}!c`,
  usersByName: 'n!',
  userByName: (name: string, userId: string) => `n!${name}!${userId}`,
  inactiveByName: 'ni!',
  inactiveUser: (name: string, userId: string) => `ni!${name}!${userId}`,
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
  dueWorkAt: (at: string, id: string) => `d!${at}!${id}`,
  pending: 'p!',
  bulks: 'bulk!',
  bulk: (bulkId: string) => `bulk!${bulkId}`,
  bulkPart: (bulkId: string, index: number) => `bulk!${bulkId}!${String(index).padStart(4, '0')}`,
  userSync: 'entra',
} as const;

/** How names are folded for keys; handed in, since storage knows only the types of the domain. */
export type Fold = (text: string) => string;

/** The longest words kept in a key: Azure allows 512 characters, and the rest of the key wants some. */
const WORDS_LENGTH = 200;

export const nameOf = ({ displayName }: Pick<User, 'displayName'>, fold: Fold): string =>
  wordsOf(displayName, fold);

/** The folded text, as much of it as fits a key; half a character at its end couldn't be sent. */
export const wordsOf = (text: string, fold: Fold): string =>
  fold(text)
    .slice(0, WORDS_LENGTH)
    .replace(/\p{Cs}/gu, '')
    .trimEnd();

/** Where somebody stands in a list by name. */
export const listKey = (
  list: 'active' | 'inactive',
  user: Pick<User, 'id' | 'displayName'>,
  fold: Fold,
): string => (list === 'active' ? keys.userByName : keys.inactiveUser)(nameOf(user, fold), user.id);

/** What is being activated, the longest waiting first. */
export const pendingKey = ({
  assignedAt,
  benefitId,
  userId,
}: Pick<Assignment, 'assignedAt' | 'benefitId' | 'userId'>): string =>
  `${keys.pending}${assignedAt}!${benefitId}!${userId}`;

/** Where a request stands in a list that has the newest first; its id begins with its time. */
export const requestKey = (id: string): string => `${newestFirst(parseInt(id.slice(0, 9), 36))}!${id}`;

const NEWEST_FIRST_FROM = 9_999_999_999_999;

/** Milliseconds counted down, so that the newest comes first. */
const newestFirst = (milliseconds: number): string => String(NEWEST_FIRST_FROM - milliseconds);

/** Where an audit record stands in a list of them. */
export const auditKey = ({ at, operationId }: Pick<AuditRecord, 'at' | 'operationId'>): string =>
  `${newestFirst(Date.parse(at))}!${operationId}`;

/** The lists that an audit record stands in. */
export const auditLists = {
  all: 'h!',
  benefit: (benefitId: string) => `hb!${benefitId}!`,
  user: (userId: string) => `hu!${userId}!`,
} as const;
