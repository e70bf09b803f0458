import type {
  Assignment,
  AuditRecord,
  Benefit,
  Chat,
  Company,
  Handover,
  Operation,
  User,
  UserSync,
} from '../benefits/model';
import type { Bulk, BulkPart } from '../benefits/bulk';
import type { DueWork, Notice } from '../benefits/work';
import type { Change } from '../benefits/ports';
import type { Claims, ProductKey } from '../benefits/productKey';
import type { Refusals } from '../benefits/refusals';
import type { ServiceRequest } from '../benefits/serviceRequest';
import { auditKey, auditLists, type Fold, keys, nameOf, pendingKey, requestKey, wordsOf } from './ledgerKeys';

/** One row of the ledger; `value` is stored as JSON. */
export interface Row {
  readonly rowKey: string;
  readonly value: object;
}

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
    case 'handover':
      return rows(change[which], handoverRows);
    case 'productKey':
      return rows(change[which], productKeyRows);
    case 'claims':
      return rows(change[which], claimsRows);
    case 'refusals':
      return rows(change[which], refusalsRows);
    case 'serviceRequest':
      return rows(change[which], serviceRequestRows);
    case 'notice':
      return rows(change[which], noticeRows);
    case 'due':
      return rows(change[which], dueRows);
    case 'bulk':
      return rows(change[which], bulkRows);
    case 'bulkPart':
      return rows(change[which], bulkPartRows);
    case 'userSync':
      return rows(change[which], userSyncRows);
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

function userRows(user: User, fold: Fold): Row[] {
  const { id, email, displayName, active, objectId } = user;
  const summary = { id, email, displayName, active };
  const name = nameOf(user, fold);
  return [
    { rowKey: keys.user(id), value: user },
    { rowKey: keys.email(email), value: { userId: id } },
    ...(objectId === undefined ? [] : [{ rowKey: keys.signIn(objectId), value: { userId: id } }]),
    ...(active ? listRows() : [{ rowKey: keys.inactiveUser(name, id), value: summary }]),
  ];

  /** Where lists and searches find who is active. */
  function listRows(): Row[] {
    const words = new Set([...rotations(name), wordsOf(email, fold)]);
    return [
      { rowKey: keys.userByName(name, id), value: summary },
      ...[...words].map((each) => ({ rowKey: keys.userByWords(each, id), value: summary })),
      ...user.roles.map((role) => ({ rowKey: keys.userWithRole(role, id), value: summary })),
    ];
  }
}

/** So many words of a name can be typed first: each is a row, and a change writes the old and the new. */
const MOST_ROTATIONS = 12;

/** "jean paul dupont" → also "paul dupont jean" and "dupont jean paul": whichever part is typed first is a prefix. */
function rotations(name: string): string[] {
  const words = name.split(' ');
  return words
    .slice(0, MOST_ROTATIONS)
    .map((_, first) => [...words.slice(first), ...words.slice(0, first)].join(' '));
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

const dueRows = (due: DueWork): Row[] => [{ rowKey: keys.dueWorkAt(due.at, due.id), value: due }];

const bulkRows = (bulk: Bulk): Row[] => [{ rowKey: keys.bulk(bulk.id), value: bulk }];

const bulkPartRows = (part: BulkPart): Row[] => [
  { rowKey: keys.bulkPart(part.bulkId, part.index), value: part },
];

const userSyncRows = (sync: UserSync): Row[] => [{ rowKey: keys.userSync, value: sync }];

const handoverRows = (handover: Handover): Row[] => [
  { rowKey: keys.handover(handover.benefitId, handover.from.id), value: handover },
];

const productKeyRows = (key: ProductKey): Row[] => [
  { rowKey: keys.productKey(key.benefitId, key.id), value: key },
];

const claimsRows = (claims: Claims): Row[] => [
  { rowKey: keys.claimsOf(claims.day, claims.userId), value: claims },
];

const refusalsRows = (refusals: Refusals): Row[] => [
  { rowKey: keys.refusalsOf(refusals.minute, refusals.userId), value: refusals },
];

const serviceRequestRows = (request: ServiceRequest): Row[] => [
  { rowKey: keys.serviceRequest(request.id), value: request },
  { rowKey: `${keys.serviceRequests}${requestKey(request.id)}`, value: request },
  { rowKey: `${keys.serviceRequestsOf(request.requestedBy.id)}${requestKey(request.id)}`, value: request },
];

function auditRows(record: AuditRecord): Row[] {
  const { benefitId, userId, fromUserId } = record;
  const users = new Set([userId, fromUserId].filter((id) => id !== undefined));
  const lists = [
    auditLists.all,
    ...(benefitId === undefined ? [] : [auditLists.benefit(benefitId)]),
    ...[...users].map(auditLists.user),
  ];
  return lists.map((list) => ({ rowKey: `${list}${auditKey(record)}`, value: record }));
}

export const chatRow = (userId: string, chat: Chat): Row => ({
  rowKey: keys.chat(userId),
  value: withoutETag(chat),
});
