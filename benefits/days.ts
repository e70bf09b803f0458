import { dateFormat } from '../locales/dateFormat';
import type { Day, Instant } from './model';

/** The day that it is somewhere. @param timeZone an IANA name */
export function dayIn(timeZone: string, moment: Date | Instant): Day {
  return dateFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(moment));
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The moment at which a day's hour begins somewhere. */
export function instantAt(day: Day, hour: number, timeZone: string): Instant {
  const wanted = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  // Twice, since the first guess may lie on the other side of a clock change.
  const guess = wanted - offsetAt(wanted, timeZone);
  return new Date(wanted - offsetAt(guess, timeZone)).toISOString();
}

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = dateFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    ...{
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    },
  }).formatToParts(moment);
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value;
  const local = Date.parse(
    `${at('year')}-${at('month')}-${at('day')}T${at('hour')}:${at('minute')}:${at('second')}Z`,
  );
  return local - Math.floor(moment / 1000) * 1000;
}
