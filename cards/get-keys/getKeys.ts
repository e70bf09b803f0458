import type { LocalText } from '../../benefits/model';
import type { KeyKind } from '../../benefits/productKey';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface GetKeysAsk {
  readonly press: StepPress;
  readonly benefit: {
    readonly name: LocalText;
    readonly keyKind: KeyKind;
    readonly instructions?: LocalText;
  };
  /** Keys, or activations, that were not given out yet. */
  readonly left: number;
  /** Of single-use keys: how many are the reader's. */
  readonly yours: number;
  readonly hasDownloads: boolean;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly refusal: string | null;
  readonly heading: string;
  readonly instructions: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** What showing a key takes, and the special instructions: before any is shown. */
export function getKeysCard(ask: GetKeysAsk, t: Texts): AdaptiveCard {
  const { press, benefit, left, yours } = ask;
  const isSingle = benefit.keyKind === 'singleUse';
  const mayShow = left > 0 || yours > 0;
  return card({
    lang: t.language,
    title: t('keys.title', { benefit: benefit.name }),
    paragraphs: about(ask, t).map((text) => ({ text })),
    refusal: ask.refusal,
    heading: t('keys.instructions'),
    instructions: benefit.instructions ? t.local(benefit.instructions) : null,
    actions: [
      ...(mayShow ? [button(t, 'showKeys', press, { style: 'positive' })] : []),
      ...(isSingle && yours > 0 && left > 0 ? [button(t, 'anotherKey', press)] : []),
      ...(ask.hasDownloads ? [button(t, 'toDownloads', press)] : []),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

function about({ benefit, left, yours }: GetKeysAsk, t: Texts): string[] {
  switch (benefit.keyKind) {
    case 'static':
      return [t('keys.count', { count: left }), t('keys.static')];
    case 'multipleActivation':
      return [left > 0 ? t('keys.takes', { count: left }) : t('keys.noneLeft')];
    case 'singleUse':
      return [
        ...(yours > 0 ? [t('keys.yours', { count: yours })] : []),
        left > 0 ? t('keys.free', { count: left }) : t('keys.noneFree'),
        ...(left > 0 ? [t('keys.becomesYours')] : []),
      ];
  }
}
