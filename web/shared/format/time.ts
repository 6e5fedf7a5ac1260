/** English as it is written here: day before month, 24 hours. */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400], ['month', 30 * 86_400], ['day', 86_400], ['hour', 3600], ['minute', 60],
];

/** "3 hours ago" in the language; under a minute is "now". `now` is epoch milliseconds. */
export function relativeTime(iso: string, language: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = (value: number, unit: Intl.RelativeTimeFormatUnit) => {
    // "Yesterday" is a day; "last month" might be any time in it, and thirty days ago is not always in it.
    const numeric = unit === 'month' || unit === 'year' ? 'always' : 'auto';
    return new Intl.RelativeTimeFormat(localeOf(language), { numeric, style: 'short' }).format(value, unit);
  };
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return format(Math.trunc(seconds / length), unit);
  }
  return format(0, 'second');
}

const minuteMs = 60_000;
const spans: ['day' | 'hour' | 'minute', number][] = [['day', 1440 * minuteMs], ['hour', 60 * minuteMs], ['minute', minuteMs]];

/** The largest whole unit, and never less than a minute. */
function inUnits(ms: number): ['day' | 'hour' | 'minute', number] {
  const [unit, length] = spans.find(([, one]) => ms >= one) ?? ['minute', minuteMs];
  return [unit, Math.max(1, Math.trunc(ms / length))];
}

/** "3 days", "45 min" in the language. */
export function lengthOfTime(ms: number, language: string): string {
  const [unit, count] = inUnits(ms);
  // Some languages shorten days beyond recognition.
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }).format(count);
}

/** "in 3 days" in the language; not "tomorrow", which the next 47 hours are not. */
export function timeAhead(ms: number, language: string): string {
  const [unit, count] = inUnits(ms);
  return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'always', style: 'short' }).format(count, unit);
}

/** The wall time at the store, as on its slips; where its zone is not known, the browser's, which is then named. */
export function exactTime(iso: string, language: string, storeZone?: string): string {
  const time = new Date(iso);
  const shown = time.toLocaleString(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone: storeZone });
  return storeZone ? shown : `${shown} ${zoneName(time, language)}`;
}

/** "CET", "GMT+5:30": the browser's zone at that time. */
function zoneName(time: Date, language: string): string {
  const parts = new Intl.DateTimeFormat(localeOf(language), { timeZoneName: 'short' }).formatToParts(time);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** The wall time at the store where it happened: shifted by the transaction's own offset, not the browser's. */
export function storeTime(iso: string, utcOffsetMinutes: number, language: string): string {
  const shifted = new Date(Date.parse(iso) + utcOffsetMinutes * 60_000);
  return shifted.toLocaleString(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
}
