import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import type { CardAction } from '../buttons';
import template from './template.json';

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** A few sentences and the buttons that go on from there: greetings, refusals, outcomes. */
export function messageCard(
  t: Texts,
  title: string,
  paragraphs: readonly string[],
  actions: readonly CardAction[],
): AdaptiveCard {
  return card({ lang: t.language, title, paragraphs: paragraphs.map((text) => ({ text })), actions });
}
