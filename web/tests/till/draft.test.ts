import { describe, expect, it } from 'vitest';
import type { FoundTransaction } from '../../shared/api/types';
import { emptyDraft, firstAffected, nextDraft, type DraftEvent } from '../../till/add/draft';

const line = (n: number, quantity = '1') => ({ line: n, product_id: `P${n}`, description: 'x', quantity, amount: { amount: 1, currency: 'EUR' } });
const receipt = (id: string, lines = [line(1), line(2)]): FoundTransaction => ({
  id, type: 'sale', store: 'S001', at: '2026-11-19T10:00:00Z', utc_offset_minutes: 60, lines, customer: { id: 'C1', name: 'Anna' },
});
const found = (transactions: FoundTransaction[], customers: { id: string; name: string }[] = []): DraftEvent => ({ type: 'found', text: 'T', found: { transactions, customers } });
const after = (...events: DraftEvent[]) => events.reduce(nextDraft, emptyDraft);

describe('which question comes next', () => {
  it('is the items, for one receipt, with its customer', () => {
    const draft = after(found([receipt('R1')]));
    expect(draft).toMatchObject({ step: 'lines', proof: { kind: 'looked_up' }, customer: { id: 'C1' }, affected: {} });
  });
  it('is the receipt, for several', () => expect(after(found([receipt('R1'), receipt('R2')])).step).toBe('receipts'));
  it('is the person, when several share a number', () => {
    expect(after(found([], [{ id: 'C1', name: 'Anna' }, { id: 'C2', name: 'Peter' }])).step).toBe('customers');
  });
  it('is the same again, when nothing was found, and the number is kept for typing', () => {
    expect(after(found([]))).toMatchObject({ step: 'find', missed: 'T' });
  });
  it('takes the only item for the faulty one', () => expect(after(found([receipt('R1', [line(7, '3')])])).affected).toEqual({ 7: '1' }));
  it('is the matter at once, without a receipt', () => expect(after({ type: 'no_receipt' })).toMatchObject({ step: 'form', proof: { kind: 'none' } }));
  it('goes back the way it came, and keeps what was typed', () => {
    const draft = after(found([receipt('R1')]), { type: 'lines_done' }, { type: 'data', data: { ticket: { details: 'typed' } } }, { type: 'back' }, { type: 'back' });
    expect(draft).toMatchObject({ step: 'find', data: { ticket: { details: 'typed' } } });
  });
});

describe('how much is faulty', () => {
  it('is one piece, or all of what is weighed', () => {
    expect(firstAffected('6')).toBe('1');
    expect(firstAffected('0.412')).toBe('0.412');
    expect(firstAffected('-2')).toBe('1');
  });
});
