import type { LocalText } from '../benefits/model';
import type { Fault, RequestField, RequestForm } from '../benefits/requestForm';
import type { Phase } from '../benefits/serviceRequest';
import type { Texts } from '../locales/texts';

export interface CardFact {
  readonly title: string;
  readonly value: string;
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** What a request asks for, as far as it is filled in, or as it was sent. */
export interface RequestAbout extends Readonly<Record<Exclude<RequestField, 'hours' | 'phase'>, string>> {
  readonly phase: Phase;
  readonly hours: number;
}

export const fieldLabel = (field: RequestField, t: Texts): string => t(`requestForm.field.${field}`);

export const phaseChoice = (phase: Phase, t: Texts): Choice => ({
  title: t(`requestForm.phase.${phase}`),
  value: phase,
});

/** Countries or languages by their names in the reader's language, in its order. */
export function namedChoices(type: 'region' | 'language', codes: readonly string[], t: Texts): Choice[] {
  const { compare } = new Intl.Collator(t.language);
  return codes
    .map((value) => ({ title: nameOf(type, value, t), value }))
    .sort((one, other) => compare(one.title, other.title));
}

/** "France"; "German", "Allemand". */
function nameOf(type: 'region' | 'language', code: string, t: Texts): string {
  const name = new Intl.DisplayNames(t.language, { type }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(t.language) + name.slice(1);
}

/** The fields of a request but for its title and description, in the reader's words. */
export function requestFacts(about: RequestAbout, benefit: LocalText, t: Texts): CardFact[] {
  const fact = (field: RequestField, value: string) => ({ title: fieldLabel(field, t), value });
  return [
    { title: t('requests.field.benefit'), value: t.local(benefit) },
    fact('product', about.product),
    fact('phase', phaseChoice(about.phase, t).title),
    ...(about.hours > 0 ? [fact('hours', String(about.hours))] : []),
    fact('country', nameOf('region', about.country, t)),
    fact('language', nameOf('language', about.language, t)),
    { title: t('requests.field.phone'), value: about.phone },
    fact('timeZone', about.timeZone),
  ];
}

/** A part of the form as its card draws it: what was typed, and what is wrong, field by field. */
export function formFields<Field extends RequestField>(
  fields: readonly Field[],
  { form, faults }: { readonly form: RequestForm; readonly faults: readonly FaultText[] },
  t: Texts,
) {
  const each = <Value>(of: (field: Field) => Value) =>
    Object.fromEntries(fields.map((field) => [field, of(field)])) as Record<Field, Value>;
  return {
    labels: each((field) => fieldLabel(field, t)),
    form: each((field) => form[field]),
    refusals: each((field) => faults.find((fault) => fault.field === field)?.text ?? null),
  };
}

/** What stands beside a field of the form. */
export type FaultText = Pick<Fault, 'field'> & { readonly text: string };
