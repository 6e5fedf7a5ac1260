import { describe, expect, it } from 'vitest';
import { formatPhone } from '../../shared/format/phone';

describe('telephone numbers', () => {
  it.each([
    ['+491701234567', '+49 170 1234567'], ['+49 170 1234567', '+49 170 1234567'], ['0049 (0)170/123 45 67', '+49 170 1234567'], ['+4915201234567', '+49 1520 1234567'],
    ['+12025550123', '+1 202 5550123'], ['+35312345678', '+353 123 45678'], ['+43 664 1234567', '+43 664 1234567'],
  ])('%s is written %s', (text, shown) => expect(formatPhone(text)).toBe(shown));
  it.each(['0170 1234567', '•••• 4567', '12', ''])('%j stays as it is', (text) => expect(formatPhone(text)).toBe(text));
});
