import type { HistoryOf, HistoryPage, ToldRecord } from '../../benefits/history';
import { isRole, isTable, isTold, isVerb, type Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button } from '../buttons';
import { shortened } from '../shortened';
import template from './template.json';

export interface HistoryAsk {
  readonly page: HistoryPage;
  readonly of: HistoryOf;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly none: string | null;
  readonly rows: readonly { readonly text: string; readonly when: string }[];
  readonly actions: ReturnType<typeof button>[];
}

const card = bind<Binding>(template);

/** How much of a name there is room for, in characters. */
const NAME_LENGTH = 100;

/** Who did what when, the newest first: a sentence each. */
export function historyCard({ page, of: { after, ...of } }: HistoryAsk, t: Texts): AdaptiveCard {
  const { records, benefit, user, next } = page;
  const name = benefit ? t.local(benefit) : user;
  return card({
    lang: t.language,
    title:
      name === undefined ? t('history.title') : t('history.titleOf', { of: shortened(name, NAME_LENGTH) }),
    none: records.length === 0 ? t('history.none') : null,
    rows: records.map((record) => ({ text: sentence(record, t), when: t.moment(record.at) })),
    actions: [
      ...(next ? [button(t, 'moreHistory', { ...of, at: next.at, operationId: next.operationId })] : []),
      ...(after ? [button(t, 'history', of, { title: t('history.newest') })] : []),
    ],
  });
}

/** What an action has no sentence for is told by its name. Nothing of its details is shown but roles, what was tried, and what was
 * exported. */
function sentence(record: ToldRecord, t: Texts): string {
  const { action, benefit, details } = record;
  const name = (text: string | undefined) => shortened(text ?? '–', NAME_LENGTH);
  const by = 'outsider' in record.by ? t(`history.by.${record.by.outsider}`) : name(record.by.user);
  const what = benefit && t.local(benefit);
  const facts = { by, benefit: name(what), user: name(record.user), from: name(record.from) };
  if (isTold(action)) {
    return [t(`history.did.${action}`, facts), rolesOf(details, t), triedOf(record, t), tablesOf(details, t)]
      .filter((each) => each !== '')
      .join(' ');
  }
  const about = [what, record.from, record.user].filter((each) => each !== undefined).map(name);
  return [
    t('history.other', { by, action: name(action) }),
    ...(about.length > 0 ? [t('history.about', { what: about.join(', ') })] : []),
  ].join(' ');
}

/** The roles that somebody has from then on, or was given. */
function rolesOf(details: object, t: Texts): string {
  const roles: unknown = 'roles' in details ? details.roles : undefined;
  if (!Array.isArray(roles)) return '';
  const known = roles.filter((role) => typeof role === 'string').filter(isRole);
  const words = known.length > 0 ? known : (['employee'] as const);
  const list = new Intl.ListFormat(t.language).format(words.map((role) => t(`role.${role}`)));
  return t('history.roles', { roles: list });
}

/** What was taken out of the ledger. */
function tablesOf(details: object, t: Texts): string {
  const { tables, format } = details as { tables?: unknown; format?: unknown };
  if (!Array.isArray(tables) || typeof format !== 'string') return '';
  const words = tables.filter(isTable).map((table) => t(`export.table.${table}`));
  const list = new Intl.ListFormat(t.language).format(words);
  return words.length > 0 ? t('history.tables', { tables: list, format: format.toUpperCase() }) : '';
}

/** Of what was refused: which button or command, or how many more there were. */
function triedOf({ action, details }: ToldRecord, t: Texts): string {
  if (action !== 'refused') return '';
  if ('more' in details && typeof details.more === 'number')
    return t('history.more', { count: details.more });
  const verb = 'what' in details ? String(details.what) : '';
  return isVerb(verb) ? t('history.tried', { what: t(`button.${verb}`) }) : '';
}
