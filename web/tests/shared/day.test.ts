import { describe, expect, it } from 'vitest';
import { dayOf, readDay } from '../../shared/format/day';

describe('days', () => {
  it('are shown as times show their date', () => {
    expect(dayOf('2026-11-22', 'en')).toBe('22 Nov 2026');
    expect(dayOf('2026-11-22', 'de')).toBe('22.11.2026');
  });
  it.each([
    ['22.11.2026', 'de'], ['22/11/2026', 'en'], ['2026-11-22', 'en'], ['22 Nov 2026', 'en'], ['22. November 2026', 'de'], [' 22-11-2026 ', 'en'],
  ])('are read from %s', (text, language) => expect(readDay(text, language)).toBe('2026-11-22'));
  it.each(['', '22', '22.11', '31.2.2026', '1.13.2026', '22 Foo 2026', '22.11.202', '22.11.20'])('are not guessed from %j', (text) => expect(readDay(text, 'en')).toBeUndefined());
  it('read what they show', () => {
    for (const language of ['en', 'de']) for (const day of ['2026-01-02', '2026-03-31', '2026-09-09']) expect(readDay(dayOf(day, language), language)).toBe(day);
  });
});
