// What a clerk changed on the form: only that goes into the event.
import type { TicketForm } from '../../shared/api/types';

export interface Changes {
  ticket?: Record<string, unknown>;
  complainant?: TicketForm['complainant'];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Fields that differ; one that was emptied is null. Custom values are compared one by one. */
function differences(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    keys.filter((key) => !same(before[key], after[key])).map((key) => [
      key,
      key === 'custom'
        ? differences((before.custom ?? {}) as Record<string, unknown>, (after.custom ?? {}) as Record<string, unknown>)
        : (after[key] ?? null),
    ]),
  );
}

export function changesOf(before: TicketForm, after: TicketForm): Changes {
  const ticket = differences({ ...before.ticket }, { ...after.ticket });
  return {
    ...(Object.keys(ticket).length > 0 ? { ticket } : {}),
    ...(same(before.complainant, after.complainant) ? {} : { complainant: after.complainant }),
  };
}
