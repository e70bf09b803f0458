import type { Bulk, BulkLine, BulkPart } from '../../benefits/bulk';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction } from '../buttons';
import { shortened } from '../shortened';
import template from './template.json';

export interface BulkPreviewAsk {
  readonly bulk: Bulk;
  /** The lines that are shown. */
  readonly part: BulkPart;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly heading: string;
  readonly place: string | null;
  readonly rows: readonly { readonly text: string; readonly detail: string | null }[];
  readonly actions: readonly CardAction[];
}

/** How many benefits are told one by one. */
const MOST_BENEFITS = 12;
const NAME_LENGTH = 80;

const card = bind<Binding>(template);

/** What will become of each line, a part after the other, and why some can't be assigned. */
export function bulkPreviewCard({ bulk, part }: BulkPreviewAsk, t: Texts): AdaptiveCard {
  const count = bulk.lines - bulk.refused;
  const [first] = part.lines;
  const benefit = first?.benefitName ? t.local(first.benefitName) : '';
  const bulkId = bulk.id;
  const next = (part.index + 1) % bulk.parts;
  return card({
    lang: t.language,
    title: count === 0 ? t('bulk.assignNone') : t('bulk.assignAll', { count, lines: bulk.lines }),
    facts: takenOf(bulk, t),
    heading: first?.outcome ? t('bulk.refused') : benefit,
    place: bulk.parts > 1 ? t('bulk.part', { part: part.index + 1, parts: bulk.parts }) : null,
    rows: part.lines.map((line) => rowOf(line, t)),
    actions: [
      ...(count > 0 ? [button(t, 'assignAll', { bulkId }, { style: 'positive' })] : []),
      ...(bulk.parts > 1 ? [button(t, 'moreLines', { bulkId, part: next })] : []),
      button(t, 'bulkFile', { bulkId }),
      button(t, 'assignMany'),
    ],
  });
}

function takenOf({ benefits }: Bulk, t: Texts) {
  const more = benefits.length - MOST_BENEFITS;
  return [
    ...benefits.slice(0, MOST_BENEFITS).map(({ name, count, freeAfter }) => ({
      title: shortened(t.local(name), NAME_LENGTH),
      value: t('bulk.takes', { count, free: freeAfter }),
    })),
    ...(more > 0 ? [{ title: '…', value: t('bulk.more', { count: more }) }] : []),
  ];
}

function rowOf({ number, user, userName, alternateEmail, outcome }: BulkLine, t: Texts) {
  const name = shortened(userName ?? user, NAME_LENGTH) || t('bulk.noUser');
  return {
    text: t('bulk.line', { line: number, user: name }),
    detail: reasonOf(outcome, t) ?? alternateEmail ?? null,
  };
}

/** Why a line wasn't assigned, or can't be; undefined when it was, or can. */
export const reasonOf = (outcome: BulkLine['outcome'], t: Texts): string | undefined =>
  typeof outcome === 'object' ? t(`refusal.${outcome.code}`, outcome.facts) : undefined;
