const KEPT = 1_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A format for dates, made once: making it takes some hundred times as long as using it.
 * @throws RangeError for a time zone that this machine doesn't know
 */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  if (formats.size >= KEPT) formats.clear(); // time zones come from outside
  formats.set(key, format);
  return format;
}
