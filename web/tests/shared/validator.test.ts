import { describe, expect, it, vi } from 'vitest';
import { createValidator } from '../../shared/form/validator';
import { formFor } from '../../mock/forms.mjs';

const validator = createValidator((key, values) => (values?.limit ? `${key} ${values.limit}` : key));
const { schema } = formFor('en');
const errorsOf = (data: unknown) => validator.validateFormData(data, schema).errors.map((error) => `${error.property}: ${error.message}`);
const good = { kind: 'complaint', ticket: { category: 'other', details: 'x' }, complainant: { kind: 'contact' }, proof: { kind: 'typed' } };

describe('the form validator', () => {
  it('accepts what is right', () => expect(errorsOf(good)).toEqual([]));
  it('reports what is missing at the field, not at its parent', () => {
    expect(errorsOf({ ...good, ticket: { category: 'other' } })).toEqual(['.ticket.details: form.required']);
  });
  it('says of a choice once that something must be chosen', () => {
    expect(errorsOf({ ...good, ticket: { category: 'nonsense', details: 'x' } })).toEqual(['.ticket.category: form.choose']);
  });
  it('names limits', () => {
    expect(errorsOf({ ...good, complainant: { kind: 'contact', name: 'x'.repeat(121) } })).toEqual(['.complainant.name: form.too_long 120']);
  });
  it('knows formats', () => {
    expect(errorsOf({ ...good, complainant: { kind: 'contact', email: 'nobody' } })).toEqual(['.complainant.email: form.email']);
  });
  it('follows conditions', () => {
    expect(errorsOf({ ...good, proof: { kind: 'none' } })).toEqual(['.proof.reason: form.required']);
    const condition = { properties: { category: { enum: ['defective'] } }, required: ['category'] };
    expect(validator.isValid(condition, { category: 'defective' }, schema)).toBe(true);
    expect(validator.isValid(condition, { category: 'other' }, schema)).toBe(false);
  });
  it('works where code must not be made at run time', () => {
    vi.stubGlobal('Function', () => {
      throw new Error('refused by the content security policy');
    });
    expect(errorsOf({ ...good, kind: 7 }).length).toBeGreaterThan(0);
  });
});
