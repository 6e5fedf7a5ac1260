import { describe, expect, it } from 'vitest';
import { formatMoney, parseAmount, plainQuantity } from '../../shared/format/numbers';
import { exactTime, relativeTime, storeTime } from '../../shared/format/time';

describe('amounts', () => {
  it.each([
    ['12,50', 1250], ['12.5', 1250], ['1.234,00', 123_400], ['1,234.00', 123_400], ['7', 700], ['-3,20', -320], ['0,05', 5], [' 19.99 ', 1999],
  ])('reads %s', (text, amount) => expect(parseAmount(text)).toBe(amount));
  it.each(['', 'abc', '12,345x', '--3'])('refuses %j', (text) => expect(parseAmount(text)).toBeUndefined());
  it('is shown with the decimals of its currency', () => {
    expect(formatMoney({ amount: 1250, currency: 'EUR' }, 'de')).toMatch(/^12,50\s€$/);
    expect(formatMoney({ amount: 500, currency: 'JPY' }, 'en')).toContain('500');
  });
});

describe('quantities', () => {
  it.each([['2.000', '2'], ['0.250', '0.25'], ['-12', '12'], ['10', '10']])('%s is %s', (quantity, shown) => expect(plainQuantity(quantity)).toBe(shown));
});

describe('times', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it('are relative, in the language', () => {
    expect(relativeTime('2026-11-21T09:00:00Z', 'en', now)).toMatch(/3 hr ago|3 hours ago/);
    expect(relativeTime('2026-11-20T12:00:00Z', 'de', now)).toBe('gestern');
  });
  it('of a receipt are those of its store, wherever the screen stands', () => {
    expect(storeTime('2026-11-20T23:30:00Z', 60, 'en')).toContain('21 Nov 2026');
  });
  it('of a ticket are those of its store too, or say whose they are', () => {
    expect(exactTime('2026-11-20T23:30:00Z', 'en', 'Europe/Berlin')).toBe(storeTime('2026-11-20T23:30:00Z', 60, 'en'));
    const here = new Date('2026-11-20T23:30:00Z').toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    expect(exactTime('2026-11-20T23:30:00Z', 'en')).toMatch(new RegExp(`^${here} (?:UTC|GMT|[A-Z]{2,5})`));
  });
});
