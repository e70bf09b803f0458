import type { ExportName } from '../../benefits/exports';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction } from '../buttons';
import template from './template.json';

interface Order {
  readonly table: ExportName | 'all';
  readonly format: 'xlsx' | 'csv';
}

export interface ExportAsk {
  /** What there is to choose from; the first is chosen at first. */
  readonly orders: readonly Order[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly chosen: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Which tables, and as what kind of file. */
export function exportCard({ orders }: ExportAsk, t: Texts): AdaptiveCard {
  const choices = orders.map((order) => ({
    title: orderTitle(order, t),
    value: `${order.table}.${order.format}`,
  }));
  return card({
    lang: t.language,
    title: t('export.title'),
    text: t('export.text'),
    label: t('export.label'),
    chosen: choices[0]?.value ?? '',
    choices,
    actions: [button(t, 'makeExport', {}, { style: 'positive' })],
  });
}

/** "Users (CSV)" */
export function orderTitle({ table, format }: Order, t: Texts): string {
  if (table === 'all') return t('export.all');
  return t('export.choice', { table: t(`export.table.${table}`), format: format.toUpperCase() });
}
