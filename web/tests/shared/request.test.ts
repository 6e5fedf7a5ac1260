import { describe, expect, it } from 'vitest';
import type { FoundTransaction } from '../../shared/api/types';
import { buildTicketRequest, withoutEmpty } from '../../shared/form/request';
import { typedReceipt } from '../../shared/form/typedReceipt';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const transaction = {
  id: 'R-1', type: 'sale', store: 'S001', at: '2026-11-19T10:00:00.000Z', utc_offset_minutes: 60, total: eur(4833), till: 'S001-T1', note: 'host’s own',
  customer: { id: 'C1', name: 'Anna' },
  lines: [
    { line: 1, product_id: 'P1', description: 'Kettle', quantity: '1', amount: eur(3999), shelf: 'host’s own' },
    { line: 2, product_id: 'P2', description: 'Milk', quantity: '6', amount: eur(834) },
  ],
} as unknown as FoundTransaction;
const form = {
  kind: 'complaint', ticket: { details: ' Leaks ', category: 'defective', custom: { serial_number: '' }, confidential: false, collect_at: undefined },
  complainant: { kind: 'member' as const, name: 'Anna', email: '', organisation: 'left over' }, proof: { kind: 'looked_up' as const },
};

describe('the ticket request', () => {
  const request = buildTicketRequest({
    formId: 'f1', clerk: { id: 'c17', name: 'Mia' }, language: 'en', form, customer: { id: 'C1', name: 'Anna', identifiers: [{ type: 'mobile', value: '+49' }] },
    transaction, affected: { 1: '1' }, proof: { kind: 'looked_up' },
  });
  it('has exactly the agreed shape', () => {
    expect(request).toEqual({
      form_id: 'f1', clerk: { id: 'c17', name: 'Mia' }, language: 'en', kind: 'complaint',
      ticket: { details: 'Leaks', category: 'defective', confidential: false },
      complainant: { kind: 'member', name: 'Anna' },
      customer: { id: 'C1', name: 'Anna', identifiers: [{ type: 'mobile', value: '+49' }] },
      transaction: {
        id: 'R-1', type: 'sale', store: 'S001', till: 'S001-T1', at: '2026-11-19T10:00:00.000Z', utc_offset_minutes: 60, customer_id: 'C1', total: eur(4833),
        lines: [
          { line: 1, product_id: 'P1', description: 'Kettle', quantity: '1', amount: eur(3999), affected_quantity: '1' },
          { line: 2, product_id: 'P2', description: 'Milk', quantity: '6', amount: eur(834) },
        ],
      },
      proof: { kind: 'looked_up' },
    });
  });
  it('says so when a duplicate is wanted', () => {
    expect(buildTicketRequest({ language: 'en', form, acceptDuplicate: true, proof: { kind: 'looked_up' } }).accept_duplicate).toBe(true);
    expect('accept_duplicate' in request).toBe(false);
  });
  it('gives the reason when there is no proof', () => {
    const none = buildTicketRequest({ language: 'en', form: { ...form, proof: { kind: 'none', reason: 'lost_receipt' } }, proof: { kind: 'none' } });
    expect(none.proof).toEqual({ kind: 'none', reason: 'lost_receipt' });
    expect(none.transaction).toBeUndefined();
  });
  it('names nobody who wants to be anonymous', () => {
    const hidden = { ...form, complainant: { kind: 'anonymous' as const, name: 'Anna', mobile: '+49' } };
    expect(buildTicketRequest({ language: 'en', form: hidden, proof: { kind: 'typed' } }).complainant).toEqual({ kind: 'anonymous' });
  });
  it('keeps an empty matter, so that what is missing is reported at its field', () => {
    expect(buildTicketRequest({ language: 'en', form: { ticket: {} }, proof: { kind: 'typed' } }).ticket).toEqual({});
  });
});

describe('what is empty', () => {
  it('is left out, but no, nought and empty lists are answers', () => {
    expect(withoutEmpty({ a: '', b: null, c: { d: undefined }, e: false, f: 0, g: [], h: ' x ' })).toEqual({ e: false, f: 0, g: [], h: 'x' });
  });
});

describe('a typed receipt', () => {
  it('is a transaction of one line at noon', () => {
    const typed = typedReceipt({ number: ' R-9 ', store: 'S002', date: '2026-11-02', product: 'Pan', amount: '24,99' }, 'EUR');
    expect(typed).toMatchObject({ id: 'R-9', store: 'S002', total: eur(2499), lines: [{ line: 1, description: 'Pan', quantity: '1', amount: eur(2499) }] });
    expect(new Date(Date.parse(typed.at) + typed.utc_offset_minutes * 60_000).toISOString()).toBe('2026-11-02T12:00:00.000Z');
  });
});
