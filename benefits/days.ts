import type { Day, Instant } from './model';

/** The day that it is somewhere. @param timeZone an IANA name */
export function dayIn(timeZone: string, moment: Date | Instant): Day {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(moment));
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
