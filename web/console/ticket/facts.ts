// Readings of a ticket that several places show.
import type { Actor, Ticket } from '../../shared/api/types';

export function customerOf(ticket: Ticket): { name?: string; mobile?: string } {
  const { complainant, customer } = ticket;
  const buyer = typeof customer === 'string' ? { name: customer } : customer;
  return {
    name: complainant?.organisation ?? complainant?.name ?? buyer?.name,
    mobile: ticket.mobile ?? complainant?.mobile,
  };
}

export function reportedAt(ticket: Ticket): string | undefined {
  return typeof ticket.store === 'string' ? ticket.store : ticket.store?.reported_at;
}

export function assigneeOf(ticket: Ticket): { id: string; name: string } | undefined {
  const { assignee } = ticket;
  if (!assignee) return undefined;
  return typeof assignee === 'string' ? { id: assignee, name: assignee } : (assignee as Actor);
}

/** Who has to do something next: a person, or a word for it; neither means the department. */
export function turnOf(ticket: Ticket): { person?: string; key?: 'turn.nobody' | 'turn.customer' | 'turn.done' } {
  if (ticket.withdrawn || ['closed', 'resolved', 'invalid'].includes(ticket.state.type)) return { key: 'turn.done' };
  if (ticket.ready_to_collect) return { key: 'turn.customer' };
  const assignee = assigneeOf(ticket);
  if (assignee) return { person: assignee.name };
  return ticket.department ? {} : { key: 'turn.nobody' };
}
