import type { LocalText } from '../../benefits/model';
import type { Download } from '../../benefits/productKey';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, link, type StepPress } from '../buttons';
import template from './template.json';

export interface Downloads {
  readonly press: StepPress;
  readonly benefit: LocalText;
  /** What was chosen, as far as there was a choice. */
  readonly language: string | null;
  readonly system: string | null;
  /** Those that fit both. */
  readonly downloads: readonly Pick<Download, 'title' | 'url'>[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly chosen: string | null;
  readonly none: string | null;
  readonly rows: readonly { readonly label: string; readonly select: CardAction }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** The links to download and install a product: rows, since their titles may be longer than a button. */
export function downloadsCard(ask: Downloads, t: Texts): AdaptiveCard {
  const { press, benefit, language, system, downloads } = ask;
  const chosen = [language === null ? [] : [languageName(language, t)], system ?? []].flat();
  return card({
    lang: t.language,
    title: t('keys.downloads', { benefit }),
    chosen: chosen.length === 0 ? null : chosen.join(' · '),
    none: downloads.length === 0 ? t('keys.noDownloads') : null,
    rows: downloads.map(({ title, url }) => ({ label: t.local(title), select: link(t.local(title), url) })),
    actions: [button(t, 'back', press), button(t, 'doneKeys', press)],
  });
}

/** A language as its reader calls it, as the first word of a line. @param tag BCP 47 */
export function languageName(tag: string, { language }: Texts): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
