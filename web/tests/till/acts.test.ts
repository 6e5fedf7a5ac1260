import { describe, expect, it } from 'vitest';
import { bodyOf, flawOf } from '../../till/ticket/actFields';
import { changesOf } from '../../till/ticket/changes';
import { fieldOfForm } from '../../till/ticket/CorrectPanel';

describe('what is sent', () => {
  it('for goods: a list of accessories', () => {
    expect(bodyOf('receive_goods', { condition: 'used', accessories: 'charger, box,', shelf: ' B4 ' })).toEqual({ condition: 'used', accessories: ['charger', 'box'], shelf: 'B4' });
  });
  it('for a comment: who may read it', () => {
    expect(bodyOf('comment', { text: 'x', public: true })).toEqual({ text: 'x', visibility: 'public' });
    expect(bodyOf('comment', { text: 'x' })).toEqual({ text: 'x', visibility: 'internal' });
  });
  it('for a settlement: what the customer got, in minor units', () => {
    const said = { resolution_code: 'refunded', note: 'Money back.' };
    expect(bodyOf('settle', { ...said, remedy: 'refund', amount: '19,99' })).toEqual({ ...said, remedy: { kind: 'refund', amount: { amount: 1999, currency: 'EUR' } } });
    expect(bodyOf('settle', { ...said, remedy: 'apology' })).toEqual({ ...said, remedy: { kind: 'apology' } });
    expect(bodyOf('settle', said)).toEqual(said);
  });
  it('for a settlement: an amount only of something', () => {
    expect(flawOf({ name: 'remedy' }, { amount: '5' })).toBe('act.missing');
    expect(flawOf({ name: 'amount' }, { amount: '-5' })).toBe('typed.amount_wrong');
    expect(flawOf({ name: 'amount' }, { amount: '5.00', remedy: 'refund' })).toBeUndefined();
  });
  it('for a withdrawal: the reason, if any', () => expect(bodyOf('withdraw', { reason: '' })).toEqual({}));
});

describe('changes to a ticket', () => {
  const before = { ticket: { details: 'a', priority: 'low', custom: { serial: '1', colour: 'red' } }, complainant: { kind: 'member' as const, name: 'Anna' } };
  it('are only what changed; what was emptied is null', () => {
    const after = { ticket: { details: 'b', custom: { serial: '2' } }, complainant: before.complainant };
    expect(changesOf(before, { ...after })).toEqual({ ticket: { details: 'b', priority: null, custom: { serial: '2', colour: null } } });
  });
  it('are none when nothing changed', () => expect(changesOf(before, structuredClone(before))).toEqual({}));
  it('have the whole complainant', () => {
    expect(changesOf(before, { ...before, complainant: { kind: 'member', name: 'Anne' } })).toEqual({ complainant: { kind: 'member', name: 'Anne' } });
  });
});

describe('the server’s reason', () => {
  it('stands at the field of the form', () => {
    expect(fieldOfForm({ code: 'too_long', message: 'x', field: '/body/complainant/name' }).field).toBe('/complainant/name');
    expect(fieldOfForm({ code: 'x', message: 'x', field: '/body' }).field).toBe('/body');
  });
});
