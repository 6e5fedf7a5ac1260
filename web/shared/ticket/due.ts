// How a ticket stands to its deadlines: what the list, the ticket's page and the till all show.
import type { Deadlines, StateType } from '../api/types';

/** `none`: no clock runs, because the ticket waits for somebody else, is done, or has no deadline. */
export type DueState = 'overdue' | 'soon' | 'on_time' | 'none';

export const dueFilters = ['overdue', 'soon', 'breached'] as const;
export type DueFilter = (typeof dueFilters)[number];

export interface Due {
  state: DueState;
  /** The deadline that counts now; a clock may have an aim alone. */
  at?: string;
  /** A deadline that was missed earlier, and is not the one being missed now. */
  missedBefore?: string;
}

/** Reads the times as the server's filter `due` does. `now` is epoch milliseconds. */
export function dueOf(ticket: Deadlines, now: number): Due {
  const { due_soon_at: aim, next_deadline_at: deadline, breached_at: breach } = ticket;
  const hasPassed = (time: string | undefined) => time !== undefined && Date.parse(time) <= now;
  if (hasPassed(deadline)) return { state: 'overdue', at: deadline, missedBefore: isSameTime(breach, deadline) ? undefined : breach };
  const state = hasPassed(aim) ? 'soon' : aim || deadline ? 'on_time' : 'none';
  return { state, at: deadline, missedBefore: breach };
}

function isSameTime(one: string | undefined, other: string | undefined): boolean {
  return Date.parse(one ?? '') === Date.parse(other ?? '');
}

export function isDueFilter(text: string | null | undefined): text is DueFilter {
  return (dueFilters as readonly (string | null | undefined)[]).includes(text);
}

const done: StateType[] = ['resolved', 'closed', 'invalid'];

/** By when the customer is still to be answered: no date outlives the ticket. */
export function openAnswerBy(ticket: { state: { type: StateType }; withdrawn?: boolean; answer_by?: string }): string | undefined {
  return ticket.withdrawn || done.includes(ticket.state.type) ? undefined : ticket.answer_by;
}
