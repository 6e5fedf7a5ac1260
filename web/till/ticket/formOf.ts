import type { Ticket, TicketForm } from '../../shared/api/types';

const fields = ['department', 'priority', 'category', 'details', 'outcome_sought', 'consent_to_contact', 'confidential', 'collect_at', 'custom'] as const;

/** A ticket as the form edits it. A kept ticket may hold its fields in `ticket`, as it was asked for, or directly. */
export function formOf(ticket: Ticket): TicketForm {
  const source = ticket.ticket ?? ticket;
  const given = fields.filter((name) => source[name] !== undefined && source[name] !== null);
  return {
    kind: ticket.kind,
    ticket: Object.fromEntries(given.map((name) => [name, source[name]])),
    ...(ticket.complainant ? { complainant: ticket.complainant } : {}),
    ...(ticket.proof ? { proof: ticket.proof } : {}),
  };
}
