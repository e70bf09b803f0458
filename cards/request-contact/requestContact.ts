import type { RequestForm } from '../../benefits/requestForm';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import { type Choice, type FaultText, formFields, namedChoices } from '../requestWords';
import template from './template.json';

export interface RequestContactAsk {
  readonly press: StepPress;
  /** ISO 3166 codes. */
  readonly countries: readonly string[];
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  readonly form: RequestForm;
  readonly faults: readonly FaultText[];
  /** What was refused and belongs to no field. */
  readonly refusal: string | null;
}

interface Binding extends ReturnType<typeof formFields<(typeof FIELDS)[number]>> {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly placeholder: string;
  readonly countries: readonly Choice[];
  readonly languages: readonly Choice[];
  readonly phonePlaceholder: string;
  readonly timeZonePlaceholder: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const FIELDS = ['country', 'language', 'phone', 'timeZone'] as const;

const card = bind<Binding>(template);

/** Where the person is, which language they speak, and how a consultant reaches them (docs/rules.md, rule 14). */
export function requestContactCard(ask: RequestContactAsk, t: Texts): AdaptiveCard {
  const { press, form } = ask;
  return card({
    ...formFields(FIELDS, ask, t),
    lang: t.language,
    title: t('requestForm.contactTitle'),
    text: t('requestForm.contactText', { title: form.title }),
    placeholder: t('requestForm.placeholder'),
    countries: namedChoices('region', ask.countries, t),
    languages: namedChoices('language', ask.languages, t),
    phonePlaceholder: t('requestForm.phonePlaceholder'),
    timeZonePlaceholder: t('requestForm.timeZonePlaceholder'),
    refusal: ask.refusal,
    actions: [
      button(t, 'giveContact', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}
