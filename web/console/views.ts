// The views at the left: each is a set of filters that those of the person narrow further.
import type { Filters } from './filters';

export const viewIds = ['open', 'mine', 'unassigned', 'overdue', 'soon', 'ready', 'pending', 'mismatch', 'closed', 'all'] as const;
export type ViewId = (typeof viewIds)[number];

const active = ['new', 'open', 'in_progress', 'pending'];

export function isView(text: string | null): text is ViewId {
  return (viewIds as readonly (string | null)[]).includes(text);
}

/** `readyStates`: the ids of the chain's states in which goods wait for the customer. */
export function filtersOfView(view: ViewId, user: string, readyStates: string[]): Filters {
  switch (view) {
    case 'open': return { status: active };
    case 'mine': return { status: active, assignee: user };
    case 'unassigned': return { status: active, assignee: 'none' };
    case 'overdue': return { due: 'overdue' };
    case 'soon': return { due: 'soon' };
    case 'ready': return { status: readyStates };
    case 'pending': return { status: active, verification: ['pending'] };
    case 'mismatch': return { status: active, verification: ['mismatch'] };
    case 'closed': return { status: ['resolved', 'closed', 'invalid'] };
    case 'all': return {};
  }
}

/** What the server is asked: the view, narrowed; a filter of the person replaces the view's own. */
export function combined(view: Filters, own: Filters): Filters {
  return { ...view, ...own };
}
