import { dayIn } from './days';
import { BenefitError } from './errors';
import { namesOf, peopleIn } from './history';
import type { Assignment, AuditRecord, Benefit, Day, Person } from './model';
import type { Ledger } from './ports';
import { isEnded } from './seats';
import { referenceOf, type ServiceRequest } from './serviceRequest';

/** What a company can take out of its ledger, each a table. No product key is in any, sealed or not. */
export const EXPORTS = ['assignments', 'users', 'requests', 'audit'] as const;
export type ExportName = (typeof EXPORTS)[number];

/** Times are ISO 8601; undefined is an empty cell. */
export type Cell = string | number | undefined;
export type Page = readonly (readonly Cell[])[];

export interface Export extends Table {
  readonly name: ExportName;
}

export interface Table {
  /** One word. */
  readonly name: string;
  /** The first row. Programs go by these names: one is never renamed, and a new one comes last. */
  readonly columns: readonly string[];
  /** The rows below it, read from the ledger as they are asked for. */
  readonly pages: AsyncIterable<Page>;
}

/**
 * The table of that name. Nothing but a page of it is held at a time.
 * @param now decides what is expired
 * @throws BenefitError `companyNotLoaded`
 */
export async function openExport(ledger: Ledger, name: ExportName, now: Date): Promise<Export> {
  const [company, benefits] = await Promise.all([ledger.company(), ledger.benefits()]);
  if (!company) throw new BenefitError('companyNotLoaded');
  const catalogue = new Map(benefits.map((benefit) => [benefit.id, benefit]));
  switch (name) {
    case 'assignments':
      return table(name, assignmentColumns(catalogue, dayIn(company.timeZone, now)), holdings(ledger));
    case 'users':
      return table(name, userColumns, ledger.people());
    case 'requests':
      return table(name, requestColumns(catalogue), requests(ledger));
    case 'audit':
      return table(name, auditColumns(catalogue), audit(ledger));
  }
}

type Columns<T> = Readonly<Record<string, (item: T) => Cell | boolean | readonly string[]>>;
type Catalogue = ReadonlyMap<string, Benefit>;

function table<T>(name: ExportName, columns: Columns<T>, pages: AsyncIterable<readonly T[]>): Export {
  const cells = Object.values(columns);
  async function* rows() {
    for await (const page of pages) yield page.map((item) => cells.map((of) => cellOf(of(item))));
  }
  return { name, columns: Object.keys(columns), pages: rows() };
}

function cellOf(value: Cell | boolean | readonly string[]): Cell {
  if (typeof value === 'object') return value.join('; ');
  return typeof value === 'boolean' ? String(value) : value;
}

interface Holding {
  readonly user: Person['user'];
  readonly assignment: Assignment;
}

const assignmentColumns = (catalogue: Catalogue, today: Day): Columns<Holding> => ({
  benefitId: ({ assignment }) => assignment.benefitId,
  benefit: ({ assignment }) => nameIn(catalogue, assignment.benefitId),
  package: ({ assignment }) => catalogue.get(assignment.benefitId)?.package,
  category: ({ assignment }) => catalogue.get(assignment.benefitId)?.category,
  endsOn: ({ assignment }) => catalogue.get(assignment.benefitId)?.endsOn,
  userId: ({ user }) => user.id,
  user: ({ user }) => user.displayName,
  email: ({ user }) => user.email,
  state: ({ assignment: { benefitId, status } }) =>
    isEnded(catalogue.get(benefitId) ?? {}, today) ? 'expired' : status,
  assignedAt: ({ assignment }) => assignment.assignedAt,
  assignedById: ({ assignment }) => assignment.assignedBy.id,
  assignedBy: ({ assignment }) => assignment.assignedBy.displayName,
  alternateEmail: ({ assignment }) => assignment.alternateEmail,
  expectedOn: ({ assignment }) => assignment.expectedOn,
  activatedAt: ({ assignment }) => assignment.activatedAt,
  resentAt: ({ assignment }) => assignment.resentAt,
});

const userColumns: Columns<Person> = {
  userId: ({ user }) => user.id,
  user: ({ user }) => user.displayName,
  email: ({ user }) => user.email,
  active: ({ user }) => user.active,
  roles: ({ user }) => user.roles,
  language: ({ user }) => user.language,
  objectId: ({ user }) => user.objectId,
  benefitIds: ({ assignments }) => assignments.map(({ benefitId }) => benefitId),
};

const requestColumns = (catalogue: Catalogue): Columns<ServiceRequest> => ({
  reference: ({ id }) => referenceOf(id),
  benefitId: ({ benefitId }) => benefitId,
  benefit: ({ benefitId }) => nameIn(catalogue, benefitId),
  userId: ({ requestedBy }) => requestedBy.id,
  user: ({ requestedBy }) => requestedBy.displayName,
  email: ({ requestedBy }) => requestedBy.email,
  at: ({ at }) => at,
  state: ({ state }) => state,
  title: ({ title }) => title,
  description: ({ description }) => description,
  product: ({ product }) => product,
  phase: ({ phase }) => phase,
  country: ({ country }) => country,
  language: ({ language }) => language,
  phone: ({ phone }) => phone,
  timeZone: ({ timeZone }) => timeZone,
  hours: ({ hours }) => hours,
  spent: ({ spent }) => spent,
  answer: ({ answer }) => answer,
  answeredAt: ({ answeredAt }) => answeredAt,
  answeredBy: ({ answeredBy }) => answeredBy?.displayName,
  closedAt: ({ closedAt }) => closedAt,
  closedBy: ({ closedBy }) => closedBy?.displayName,
});

interface NamedRecord {
  readonly record: AuditRecord;
  /** Who is known no more has none. */
  readonly names: ReadonlyMap<string, string | undefined>;
}

const auditColumns = (catalogue: Catalogue): Columns<NamedRecord> => ({
  at: ({ record }) => record.at,
  action: ({ record }) => record.action,
  operationId: ({ record }) => record.operationId,
  byId: ({ record }) => record.by,
  by: ({ record, names }) => names.get(record.by),
  benefitId: ({ record }) => record.benefitId,
  benefit: ({ record }) => nameIn(catalogue, record.benefitId),
  userId: ({ record }) => record.userId,
  user: ({ record, names }) => names.get(record.userId ?? ''),
  fromUserId: ({ record }) => record.fromUserId,
  fromUser: ({ record, names }) => names.get(record.fromUserId ?? ''),
  details: ({ record }) => record.details && JSON.stringify(record.details),
});

const nameIn = (catalogue: Catalogue, benefitId = ''): string | undefined =>
  catalogue.get(benefitId)?.name.en;

async function* holdings(ledger: Ledger): AsyncGenerator<Holding[]> {
  for await (const people of ledger.people()) {
    yield people.flatMap(({ user, assignments }) => assignments.map((assignment) => ({ user, assignment })));
  }
}

const ON_A_PAGE = 100;
const NAMES_KEPT = 10_000;

async function* requests(ledger: Ledger): AsyncGenerator<ServiceRequest[]> {
  for (let after: string | undefined; ;) {
    const page = await ledger.serviceRequests(ON_A_PAGE, { after });
    yield page;
    if (page.length < ON_A_PAGE) return;
    after = page.at(-1)?.id;
  }
}

async function* audit(ledger: Ledger): AsyncGenerator<NamedRecord[]> {
  const names = new Map<string, string | undefined>();
  for (let after: AuditRecord | undefined; ;) {
    const page = await ledger.history(ON_A_PAGE, { after });
    if (names.size > NAMES_KEPT) names.clear();
    const unknown = page.flatMap(peopleIn).filter((id) => id !== undefined && !names.has(id));
    const found = await namesOf(ledger, unknown);
    for (const id of unknown) names.set(id ?? '', found.get(id ?? ''));
    yield page.map((record) => ({ record, names }));
    if (page.length < ON_A_PAGE) return;
    after = page.at(-1);
  }
}
