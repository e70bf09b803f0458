import type { LocalText } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface KeysShown {
  readonly press: StepPress;
  readonly benefit: { readonly name: LocalText; readonly instructions?: LocalText };
  /** In the clear: this card is never stored, nor sent as a message. */
  readonly keys: readonly string[];
  /** How long they stay. */
  readonly minutes: number;
  readonly hasDownloads: boolean;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly keys: readonly { readonly key: string }[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly heading: string;
  readonly instructions: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** So many fit a card of 28 KB, with long instructions. */
const MOST = 60;

/**
 * The keys, each a line of its own in letters of one width: three clicks select exactly one. They are no input
 * fields, whose values would come back to us with every press, and could be changed before they are copied.
 */
export function keysShownCard(shown: KeysShown, t: Texts): AdaptiveCard {
  const { press, benefit, keys, minutes } = shown;
  const paragraphs = [
    ...(keys.length > MOST ? [t('keys.first', { count: MOST })] : []),
    t('keys.shown', { minutes }),
  ];
  return card({
    lang: t.language,
    title: t('keys.title', { benefit: benefit.name }),
    keys: keys.slice(0, MOST).map((key) => ({ key })),
    paragraphs: paragraphs.map((text) => ({ text })),
    heading: t('keys.instructions'),
    instructions: benefit.instructions ? t.local(benefit.instructions) : null,
    actions: [
      ...(shown.hasDownloads ? [button(t, 'toDownloads', press, { style: 'positive' })] : []),
      button(t, 'doneKeys', press),
    ],
  });
}
