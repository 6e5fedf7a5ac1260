import { describe, expect, it } from 'vitest';
import { lengthOfTime, timeAhead } from '../../shared/format/time';
import { dueOf, isDueFilter, openAnswerBy } from '../../shared/ticket/due';

const now = Date.parse('2026-11-27T10:00:00.000Z');
const earlier = '2026-11-26T10:00:00.000Z';
const past = '2026-11-27T09:59:59.999Z';
const exactlyNow = '2026-11-27T10:00:00.000Z';
const future = '2026-11-28T10:00:00.000Z';
const later = '2026-11-29T10:00:00.000Z';

describe('a ticket with a running clock', () => {
  it('is on time before its aim', () => {
    expect(dueOf({ answer_by: later, due_soon_at: future, next_deadline_at: later }, now)).toEqual({ state: 'on_time', at: later });
  });
  it('is due soon from its aim on', () => {
    expect(dueOf({ due_soon_at: exactlyNow, next_deadline_at: future }, now)).toEqual({ state: 'soon', at: future });
    expect(dueOf({ due_soon_at: past, next_deadline_at: future }, now).state).toBe('soon');
  });
  it('is overdue from its deadline on, whatever its aim', () => {
    expect(dueOf({ due_soon_at: earlier, next_deadline_at: exactlyNow }, now)).toEqual({ state: 'overdue', at: exactlyNow });
    expect(dueOf({ due_soon_at: future, next_deadline_at: past }, now)).toEqual({ state: 'overdue', at: past });
  });
  it('may have an aim without a deadline, and then never is overdue', () => {
    expect(dueOf({ due_soon_at: future }, now)).toEqual({ state: 'on_time' });
    expect(dueOf({ due_soon_at: earlier }, now)).toEqual({ state: 'soon' });
  });
  it('goes by the next deadline, which may be that of the first response', () => {
    expect(dueOf({ answer_by: later, next_deadline_at: past }, now).state).toBe('overdue');
  });
});

describe('a ticket without a running clock', () => {
  it('has no state, even when its answer was due', () => {
    expect(dueOf({}, now)).toEqual({ state: 'none' });
    expect(dueOf({ answer_by: past }, now)).toEqual({ state: 'none' });
  });
});

describe('a deadline that was missed before', () => {
  it('is remembered when all is well now, or nothing runs', () => {
    expect(dueOf({ next_deadline_at: future, breached_at: earlier }, now)).toEqual({ state: 'on_time', at: future, missedBefore: earlier });
    expect(dueOf({ breached_at: earlier }, now)).toEqual({ state: 'none', missedBefore: earlier });
  });
  it('is not the one that is being missed now, in whatever spelling', () => {
    expect(dueOf({ next_deadline_at: past, breached_at: past.replace('Z', '+00:00') }, now)).toEqual({ state: 'overdue', at: past });
    expect(dueOf({ next_deadline_at: past, breached_at: earlier }, now).missedBefore).toBe(earlier);
  });
});

describe('the answer that the customer waits for', () => {
  it('has a date until the ticket is done', () => {
    expect(openAnswerBy({ state: { type: 'pending' }, answer_by: future })).toBe(future);
    for (const type of ['resolved', 'closed', 'invalid'] as const) expect(openAnswerBy({ state: { type }, answer_by: future })).toBeUndefined();
    expect(openAnswerBy({ state: { type: 'open' }, withdrawn: true, answer_by: future })).toBeUndefined();
  });
});

it('takes only what the server knows for a filter by deadline', () => {
  expect(['overdue', 'soon', 'breached'].every(isDueFilter)).toBe(true);
  expect(['', 'late', null, undefined].some(isDueFilter)).toBe(false);
});

describe('how long', () => {
  const hour = 3_600_000;
  it.each([
    [0, '1 min', '1 Min.'], [59 * 60_000, '59 mins', '59 Min.'], [hour, '1 hr', '1 Std.'], [23.9 * hour, '23 hrs', '23 Std.'],
    [24 * hour, '1 day', '1 Tag'], [47 * hour, '1 day', '1 Tag'], [45 * 24 * hour, '45 days', '45 Tage'],
  ])('%d ms is %s', (ms, english, german) => {
    expect(lengthOfTime(ms, 'en')).toBe(english);
    expect(lengthOfTime(ms, 'de')).toBe(german);
  });
  it('ahead is counted, never “tomorrow”', () => {
    expect(timeAhead(47 * hour, 'en')).toBe('in 1 day');
    expect(timeAhead(72 * hour, 'de')).toBe('in 3 Tagen');
    expect(timeAhead(1, 'en')).toBe('in 1 min');
  });
});
