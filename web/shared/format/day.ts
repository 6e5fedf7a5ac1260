// Days without a time: yyyy-mm-dd on the wire, in words for people.
import { localeOf } from './time';

export function dayOf(day: string, language: string): string {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`).toLocaleDateString(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' });
}

function valid(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}

/** What a person types: 22.11.2026, 22/11/2026, 2026-11-22, or a day with its month's name as dayOf() writes it. */
export function readDay(text: string, language: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})[. /-]+(\d{1,2}|\p{L}{3,})[. /-]+(\d{4})$/u.exec(text.trim());
  if (!parts) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  const number = /^\d/.test(month) ? Number(month) : monthNamed(month, language);
  return valid(Number(year), number, Number(day));
}

/** 1 to 12 for a name or its first three letters; 0 for no month. */
function monthNamed(name: string, language: string): number {
  const names = [...Array(12).keys()].map((month) => new Date(Date.UTC(2026, month, 1)).toLocaleDateString(localeOf(language), { month: 'long', timeZone: 'UTC' }));
  return names.findIndex((one) => one.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}
