import { describe, expect, it } from 'vitest';
import { codeFromScan, codesIn, formatCode, parseCode } from '../../shared/format/code';

describe('ticket codes', () => {
  it('forgives case, spaces, dashes and look-alikes', () => {
    expect(parseCode(' k5x1 tpvy-teby ')).toBe('K5X1TPVYTEBY');
    expect(parseCode('KOX1-TPVI-TELY')).toBe('K0X1TPV1TE1Y');
  });
  it('refuses what cannot be one', () => {
    expect(parseCode('K5X1-TPVY-TEB')).toBeUndefined();
    expect(parseCode('K5X1-TPVY-TEBU')).toBeUndefined();
    expect(parseCode('')).toBeUndefined();
  });
  it('is shown in three groups of four', () => {
    expect(formatCode('k5x1tpvyteby')).toBe('K5X1-TPVY-TEBY');
    expect(formatCode('R-2026')).toBe('R-2026');
  });
  it('is found in a slip, by its text or its link, and a receipt is not mistaken for it', () => {
    expect(codeFromScan('https://ccms.example/t/K5X1TPVYTEBY')).toBe('K5X1TPVYTEBY');
    expect(codeFromScan('K5X1-TPVY-TEBY')).toBe('K5X1TPVYTEBY');
    expect(codeFromScan('202611190042')).toBeUndefined();
  });
  it('is found in a message', () => {
    expect(codesIn('Ticket K5X1-TPVY-TEBY is open for this receipt.')).toEqual(['K5X1-TPVY-TEBY']);
  });
});
