import { COUNTRIES } from './countries';
import { BenefitError, type RefusalCode } from './errors';
import type { Benefit } from './model';
import { leftOf } from './seats';
import { PHASES, type ServiceRequest } from './serviceRequest';

/** docs/rules.md, rule 15. */
export const HOURS_AT_ONCE = 25;
/** docs/rules.md, rule 15: the promise on the form, in business days. */
export const ANSWERED_WITHIN_DAYS = 2;
export const LENGTHS = { title: 100, description: 2_000, product: 100 } as const;

/** The languages that a consultant may be asked to speak, as BCP 47 tags. */
export const CONSULTANT_LANGUAGES: readonly string[] =
  'ar cs da de el en es fi fr he hi hu id it ja ko nb nl pl pt ro sv th tr uk vi zh'.split(' ');

/** The fields of docs/rules.md, rule 14, in the order in which they are asked for. */
export const REQUEST_FIELDS = [
  'title',
  'description',
  'product',
  'phase',
  'hours',
  'country',
  'language',
  'phone',
  'timeZone',
] as const;
export type RequestField = (typeof REQUEST_FIELDS)[number];

/** The form as it was typed. */
export type RequestForm = Readonly<Record<RequestField, string>>;
/** The form as it was understood. */
export type RequestDetails = Pick<ServiceRequest, RequestField>;

/** What is wrong with a field. */
export interface Fault {
  readonly field: RequestField;
  readonly error: BenefitError;
}

/** How many hours can still be requested; undefined of a benefit that isn't counted in hours. */
export const hoursLeft = (benefit: Benefit): number | undefined =>
  benefit.unit === 'hours' ? leftOf(benefit) : undefined;

/** Everything that is wrong with these fields, in their order. */
export function faultsIn(
  form: RequestForm,
  benefit: Benefit,
  fields: readonly RequestField[] = REQUEST_FIELDS,
): Fault[] {
  return fields.flatMap((field) => {
    try {
      READ[field](form[field], benefit);
      return [];
    } catch (error) {
      if (error instanceof BenefitError) return [{ field, error }];
      throw error;
    }
  });
}

/** @throws BenefitError for the first field that is wrong */
export function readForm(form: RequestForm, benefit: Benefit): RequestDetails {
  const read = <Field extends RequestField>(field: Field) => READ[field](form[field], benefit);
  return {
    title: read('title'),
    description: read('description'),
    product: read('product'),
    phase: read('phase'),
    hours: read('hours'),
    country: read('country'),
    language: read('language'),
    phone: read('phone'),
    timeZone: read('timeZone'),
  };
}

/** These fields as they were understood, to be shown to who typed them. @throws as `readForm` */
export function inOrder(form: RequestForm, benefit: Benefit, fields: readonly RequestField[]): RequestForm {
  const read = fields.map((field) => [field, String(READ[field](form[field], benefit))]);
  return { ...form, ...Object.fromEntries(read) };
}

const READ: {
  readonly [Field in RequestField]: (typed: string, benefit: Benefit) => RequestDetails[Field];
} = {
  title: (typed) => text(oneLine(typed), LENGTHS.title, 'titleMissing'),
  description: (typed) => text(typed.trim(), LENGTHS.description, 'descriptionMissing'),
  product: (typed) => text(oneLine(typed), LENGTHS.product, 'productMissing'),
  phase: (typed) => oneOf(PHASES, typed, 'phaseMissing'),
  hours: hoursIn,
  country: (typed) => oneOf(COUNTRIES, typed, 'countryMissing'),
  language: (typed) => oneOf(CONSULTANT_LANGUAGES, typed, 'languageMissing'),
  phone: phoneIn,
  timeZone: timeZoneIn,
};

const oneLine = (typed: string): string => typed.replace(/\s+/g, ' ').trim();

function text(typed: string, limit: number, missing: RefusalCode): string {
  if (typed === '') throw new BenefitError(missing);
  if (typed.length > limit) throw new BenefitError('textTooLong', { limit });
  return typed;
}

function oneOf<Choice extends string>(
  choices: readonly Choice[],
  typed: string,
  missing: RefusalCode,
): Choice {
  const chosen = choices.find((choice) => choice === typed);
  if (chosen === undefined) throw new BenefitError(missing);
  return chosen;
}

/** docs/rules.md, rules 14 and 15: within what is left, and 25 at most. */
function hoursIn(typed: string, benefit: Benefit): number {
  const left = hoursLeft(benefit);
  if (left === undefined) return 0;
  const hours = wholeNumber(typed);
  if (left === 0) throw new BenefitError('noHoursLeft', { benefit: benefit.name });
  if (!hours) throw new BenefitError('hoursInvalid', { left, most: HOURS_AT_ONCE });
  if (hours > Math.min(left, HOURS_AT_ONCE)) {
    throw new BenefitError('hoursTooMany', { left, most: HOURS_AT_ONCE });
  }
  return hours;
}

/** A whole number, 0 or more; undefined for whatever else was typed. */
export function wholeNumber(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').trim();
  return /^\d{1,6}$/.test(plain) ? Number(plain) : undefined;
}

/** With its country code: "+33 (0)1 23-45.67 89" and "0033 1 23456789" → "+33123456789". */
function phoneIn(typed: string): string {
  const phone = typed
    .normalize('NFKC')
    .replace(/\(0\)/, '')
    .replace(/[\s.()/\p{Pd}]/gu, '')
    .replace(/^00/, '+');
  if (!/^\+[1-9]\d{7,14}$/.test(phone)) throw new BenefitError('phoneInvalid');
  return phone;
}

/** An IANA name whatever its capitals, as this machine spells it. */
function timeZoneIn(typed: string): string {
  const name = typed.trim().replace(/\s+/g, '_');
  if (!/^[a-z][\w+/-]*$/i.test(name)) throw new BenefitError('timeZoneUnknown');
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) throw new BenefitError('timeZoneUnknown');
    throw error;
  }
}
