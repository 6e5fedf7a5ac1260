import { describe, expect, it } from 'vitest';
import { focusFor } from '../../tour/App';
import { isForCustomer } from '../../tour/Phone';
import { catalogues } from '../../tour/words';

const ids = ['offline', 'ticket', 'kill', 'alive', 'reconnect', 'notified', 'start', 'ready', 'hand_over', 'close'];
const upTo = (count: number) => ids.map((id, index) => ({ id, done: index < count }));

describe('the large pane', () => {
  it('is where the next step happens', () => {
    expect(focusFor(upTo(0))).toBe('till');
    expect(focusFor(upTo(5))).toBe('console');
    expect(focusFor(upTo(8))).toBe('till');
    expect(focusFor(upTo(9))).toBe('console');
  });
  it('has a word for each step', () => expect(ids.filter((id) => !catalogues.en?.[`step.${id}`])).toEqual([]));
});

describe('the phone', () => {
  const message = { id: '1', to: 'x', text: 'x', at: '2026-11-21T00:00:00Z' };
  it('rings for its owner alone', () => {
    expect(isForCustomer({ ...message, channel: 'sms' })).toBe(true);
    expect(isForCustomer({ ...message, channel: 'email', audience: 'customer' })).toBe(true);
    expect(isForCustomer({ ...message, channel: 'email', audience: 'department' })).toBe(false);
    expect(isForCustomer({ ...message, channel: 'email' })).toBe(false);
  });
});
