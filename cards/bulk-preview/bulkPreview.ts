import type { Bulk, BulkLine, BulkPart } from '../../benefits/bulk';
import type { Benefit } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction } from '../buttons';
import { shortened } from '../shortened';
import template from './template.json';

export interface BulkPreviewAsk {
  readonly bulk: Bulk;
  /** The lines that are shown. */
  readonly part: BulkPart;
  /** The catalogue. */
  readonly benefits: Names;
}

type Names = readonly Pick<Benefit, 'id' | 'name'>[];

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly heading: string;
  readonly place: string | null;
  readonly rows: readonly { readonly text: string; readonly detail: string | null }[];
  readonly actions: readonly CardAction[];
}

const NAME_LENGTH = 80;

const card = bind<Binding>(template);

/** What will become of each line, a part after the other, and why some can't be assigned. */
export function bulkPreviewCard({ bulk, part, benefits }: BulkPreviewAsk, t: Texts): AdaptiveCard {
  const count = bulk.lines - bulk.refused;
  const [first] = part.lines;
  const bulkId = bulk.id;
  const next = (part.index + 1) % bulk.parts;
  return card({
    lang: t.language,
    title: count === 0 ? t('bulk.assignNone') : t('bulk.assignAll', { count, lines: bulk.lines }),
    facts: takenOf(bulk, benefits, t),
    heading: first?.outcome ? t('bulk.refused') : nameIn(benefits, first?.benefitId, t),
    place: bulk.parts > 1 ? t('bulk.part', { part: part.index + 1, parts: bulk.parts }) : null,
    rows: part.lines.map((line) => rowOf(line, benefits, t)),
    actions: [
      ...(count > 0 ? [button(t, 'assignAll', { bulkId }, { style: 'positive' })] : []),
      ...(bulk.parts > 1 ? [button(t, 'moreLines', { bulkId, part: next })] : []),
      button(t, 'bulkFile', { bulkId, part: part.index }),
      button(t, 'assignMany'),
    ],
  });
}

function takenOf({ benefits, moreBenefits: more }: Bulk, names: Names, t: Texts) {
  return [
    ...benefits.map(({ benefitId, count, freeAfter }) => ({
      title: nameIn(names, benefitId, t),
      value: t('bulk.takes', { count, free: freeAfter }),
    })),
    ...(more > 0 ? [{ title: '…', value: t('bulk.more', { count: more }) }] : []),
  ];
}

function rowOf(line: BulkLine, benefits: Names, t: Texts) {
  const { number, user, userName, alternateEmail } = line;
  const name = shortened(userName ?? user, NAME_LENGTH) || t('bulk.noUser');
  const benefit = line.benefitId === undefined ? line.benefit : nameIn(benefits, line.benefitId, t);
  const reason = reasonOf(line, { benefit, user: name }, t);
  return { text: t('bulk.line', { line: number, user: name }), detail: reason ?? alternateEmail ?? null };
}

const nameIn = (benefits: Names, benefitId: string | undefined, t: Texts): string => {
  const found = benefits.find(({ id }) => id === benefitId);
  return shortened(found ? t.local(found.name) : (benefitId ?? ''), NAME_LENGTH);
};

/** Why a line wasn't assigned, or can't be; undefined when it was, or can. */
export const reasonOf = (
  { outcome }: BulkLine,
  about: { readonly benefit: string; readonly user: string },
  t: Texts,
): string | undefined =>
  typeof outcome === 'object' ? t(`refusal.${outcome.code}`, { ...outcome.facts, ...about }) : undefined;
