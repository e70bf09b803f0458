import type { Benefit } from '../benefits/model';
import type { Texts } from '../locales/texts';

type Unit = NonNullable<Benefit['unit']>;
type Quantity = Pick<Benefit, 'quantity' | 'unit'>;

/** "5 incidents", "1 hour", "$5,000". */
export function amountWords(count: number, unit: Unit, t: Texts): string {
  return unit === 'USD' ? dollars(count, t) : t(`amount.${unit}`, { count });
}

/** "8 of 10 hours left", or "5 incidents in the package" when nobody knows what is left; undefined without a quantity. */
export function quantityWords(benefit: Quantity, left: number | undefined, t: Texts): string | undefined {
  const { quantity, unit } = benefit;
  if (quantity === undefined || unit === undefined) return undefined;
  if (left === undefined) return t('overview.inPackage', { whole: amountWords(quantity, unit, t) });
  return t('overview.left', { of: leftOfWords(benefit, left, t) ?? '' });
}

/** "8 of 10 hours"; undefined when nobody knows what is left. */
export function leftOfWords(
  { quantity, unit }: Quantity,
  left: number | undefined,
  t: Texts,
): string | undefined {
  if (quantity === undefined || unit === undefined || left === undefined) return undefined;
  const whole = amountWords(quantity, unit, t);
  return t('overview.leftOf', { left: unit === 'USD' ? dollars(left, t) : left, whole });
}

const dollars = (count: number, t: Texts): string =>
  new Intl.NumberFormat(t.language, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 0,
  }).format(count);
