import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction } from '../buttons';
import template from './template.json';

export interface AssignManyAsk {
  /** How many lines a list may have. */
  readonly limit: number;
  /** What was pasted so far. */
  readonly lines: string | null;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly how: string;
  readonly first: string;
  readonly label: string;
  readonly placeholder: string;
  readonly lines: string | null;
  readonly most: number;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

/** As much as a press may carry of it; a longer list is a file's, or a message's. */
export const LONGEST_PASTED = 20_000;

const card = bind<Binding>(template);

/** How several people are assigned benefits at once: by a file, by lines, or picked from the list. */
export function assignManyCard({ limit, lines, refusal }: AssignManyAsk, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('bulk.title'),
    how: t('bulk.how', { limit }),
    first: t('bulk.first'),
    label: t('bulk.lines'),
    placeholder: t('bulk.linesExample'),
    lines,
    most: LONGEST_PASTED,
    refusal,
    actions: [
      button(t, 'checkLines', {}, { style: 'positive' }),
      button(t, 'pickUsers'),
      button(t, 'bulkTemplate'),
      button(t, 'help'),
    ],
  });
}
