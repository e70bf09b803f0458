import type { LocalText } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface KeysHidden {
  readonly press: StepPress;
  readonly benefit: { readonly id: string; readonly name: LocalText };
  /** How long after their claim they can be shown again. */
  readonly minutes: number;
  /** Whether that is over: then it takes a new claim. */
  readonly isOver: boolean;
  readonly hasDownloads: boolean;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Keys that were shown, and are not any more. */
export function keysHiddenCard(hidden: KeysHidden, t: Texts): AdaptiveCard {
  const { press, benefit, minutes, isOver } = hidden;
  return card({
    lang: t.language,
    title: t('keys.title', { benefit: benefit.name }),
    text: isOver ? t('keys.gone') : t('keys.hidden', { minutes }),
    refusal: hidden.refusal,
    actions: [
      isOver ? button(t, 'keys', { benefitId: benefit.id }) : button(t, 'showAgain', press),
      ...(hidden.hasDownloads ? [button(t, 'toDownloads', press)] : []),
      button(t, 'doneKeys', press),
    ],
  });
}
