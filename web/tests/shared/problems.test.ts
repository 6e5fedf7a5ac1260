import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../shared/api/http';
import { hasField, sortProblems, stillTrue } from '../../shared/form/problems';
import { formFor } from '../../mock/forms.mjs';

const { schema } = formFor('en');
const problem = (field?: string) => ({ code: 'bad_value', message: `about ${field}`, field });

describe('a refusal', () => {
  it('is read from problem+json, with all its errors', () => {
    expect(problemsOf({ code: 'invalid', detail: 'x', errors: [{ code: 'a', message: 'A', field: '/ticket/details' }, { code: 'b', message: 'B' }] }, 422))
      .toEqual([{ code: 'a', message: 'A', field: '/ticket/details' }, { code: 'b', message: 'B' }]);
    expect(problemsOf({ code: 'not_found', detail: 'No such ticket' }, 404)).toEqual([{ code: 'not_found', message: 'No such ticket' }]);
  });
  it('is read from the till', () => {
    expect(problemsOf({ error: { status: 7, code: 'refused', message: 'No', field: '/reason' } }, 409)).toEqual([{ code: 'refused', message: 'No', field: '/reason' }]);
  });
  it('is something even without a body', () => expect(problemsOf(undefined, 502)).toEqual([{ code: 'http_502', message: 'HTTP 502' }]));
});

describe('the place of a problem', () => {
  it('is the field it names, also a conditional one', () => {
    expect(hasField(schema, '/complainant/mobile')).toBe(true);
    expect(hasField(schema, '/ticket/custom/serial_number')).toBe(true);
    expect(hasField(schema, '/transaction')).toBe(false);
  });
  it('is above the form when the form has no such field', () => {
    const { atFields, elsewhere } = sortProblems([problem('/ticket/details'), problem('/clerk/id'), problem()], schema);
    expect(atFields.ticket?.details?.__errors).toEqual(['about /ticket/details']);
    expect(elsewhere).toHaveLength(2);
  });
  it('is empty once the field was changed, and only then', () => {
    const sent = { ticket: { details: 'x' }, complainant: { mobile: '12' } };
    const now = { ticket: { details: 'x' }, complainant: { mobile: '+49 170 1234567' } };
    expect(stillTrue([problem('/ticket/details'), problem('/complainant/mobile'), problem()], sent, now).map((one) => one.field))
      .toEqual(['/ticket/details', undefined]);
  });
});
