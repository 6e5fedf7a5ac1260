import { describe, expect, it } from 'vitest';
import { codeFromScan, codesIn, formatCode, parseCode } from '../../shared/format/code';

describe('ticket codes', () => {
  it('forgives case, spaces, dashes and look-alikes', () => {
    expect(parseCode(' k5x1 tpvy-teb1 ')).toBe('K5X1TPVYTEB1');
    expect(parseCode('KOX1-TPVI-TELY')).toBe('K0X1TPV1TE1Y');
  });
  it('refuses what cannot be one', () => {
    expect(parseCode('K5X1-TPVY-TEB')).toBeUndefined();
    expect(parseCode('K5X1-TPVY-TEBU')).toBeUndefined();
    expect(parseCode('')).toBeUndefined();
  });
  it('is shown in three groups of four', () => {
    expect(formatCode('k5x1tpvyteb1')).toBe('K5X1-TPVY-TEB1');
    expect(formatCode('R-2026')).toBe('R-2026');
  });
  it('is found in a slip, by its text or its link, and a receipt is not mistaken for it', () => {
    expect(codeFromScan('https://ccms.example/t/K5X1TPVYTEB1')).toBe('K5X1TPVYTEB1');
    expect(codeFromScan('K5X1-TPVY-TEB1')).toBe('K5X1TPVYTEB1');
    expect(codeFromScan('202611190042')).toBeUndefined();
  });
  it.each([
    'https://ccms.example/t/K5X1TPVYTEB1', 'HTTPS://WWW.CHAIN.EXAMPLE/DE/HILFE/K5X1-TPVY-TEB1/', 'https://chain.example/follow?lang=de&ticket=K5X1TPVYTEB1',
    'https://chain.example/#/ticket/k5x1tpvyteb1', 'https://chain.example/complaintbox/K5X1TPVYTEB1#top',
  ])('is found in the chain’s own link %s', (link) => expect(codeFromScan(link)).toBe('K5X1TPVYTEB1'));
  it.each(['https://chain.example/complaintbox', 'https://chain.example/t/K5X1TPVYTEB2', 'https://chain.example/%E0%A4%A/x', 'https://'])(
    'is not read out of %s', (link) => expect(codeFromScan(link)).toBeUndefined(),
  );
  it('is found in a message', () => {
    expect(codesIn('Ticket K5X1-TPVY-TEB1 is open for this receipt.')).toEqual(['K5X1-TPVY-TEB1']);
  });
});
