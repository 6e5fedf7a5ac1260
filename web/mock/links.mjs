// Which invented tickets belong together, and merging them.
const refuse = (status, code, detail, field) => ({ status, code, detail, field });
const noSuch = (field) => refuse(404, 'not_found', 'there is no such ticket', field);
const isOpen = (ticket) => !ticket.withdrawn && !['resolved', 'closed', 'invalid'].includes(ticket.state.type);
const named = ({ ticket_id, code, state, details }) => ({ ticket_id, code, state, details });

export function addLinks(store) {
  const related = new Set();
  const pair = (a, b) => [a.ticket_id, b.ticket_id].sort().join(' ');
  const byId = (id) => store.tickets.find((t) => t.ticket_id === id);
  const both = (type, [ticket, other], data, reversed, actor) => {
    for (const [one, two, said] of [[ticket, other, data], [other, ticket, reversed]]) {
      one.version += 1;
      store.record(one, type, actor, { ...said, ticket: { ticket_id: two.ticket_id, code: two.code } });
    }
  };

  store.answering = (ticket) => (ticket.merged_into ? store.answering(byId(ticket.merged_into)) : ticket);
  store.linksOf = (ticket) => {
    const children = store.tickets.filter((t) => t.parent === ticket.ticket_id && !t.merged_into);
    return {
      parent: ticket.parent && named(byId(ticket.parent)),
      children: { count: children.length, open: children.filter(isOpen).length, tickets: children.map(named) },
      related: store.tickets.filter((t) => related.has(pair(t, ticket))).map(named),
      merged: store.tickets.filter((t) => t.merged_into === ticket.ticket_id).map(named),
      merged_into: ticket.merged_into && named(byId(ticket.merged_into)),
    };
  };
  store.link = (ticket, kind, other, actor) => {
    if (!other) return noSuch('/ticket');
    if (other === ticket) return refuse(422, 'same_ticket', 'this is the ticket itself', '/ticket');
    if (kind === 'parent' && other.parent) return refuse(409, 'parent_is_child', 'that ticket has a parent itself: link to that one', '/ticket');
    if (kind === 'parent') ticket.parent = other.ticket_id;
    else related.add(pair(ticket, other));
    both('linked', [ticket, other], { kind }, { kind: kind === 'parent' ? 'child' : kind }, actor);
    return undefined;
  };
  store.unlink = (ticket, kind, other, actor) => {
    if (!other) return noSuch();
    if (kind === 'parent') ticket.parent = undefined;
    else related.delete(pair(ticket, other));
    both('unlinked', [ticket, other], { kind }, { kind: kind === 'parent' ? 'child' : kind }, actor);
    return undefined;
  };
  store.merge = (ticket, into, request, actor) => {
    if (!into) return noSuch('/into');
    if (into === ticket) return refuse(422, 'same_ticket', 'this is the ticket itself', '/into');
    if (ticket.customer?.id !== into.customer?.id && !request.accept_other_customer) return refuse(409, 'other_customer', 'the tickets are not known to be of the same customer', '/into');
    ticket.merged_into = into.ticket_id;
    both('merged', [ticket, into], { role: 'into', note: request.note }, { role: 'from', note: request.note }, actor);
    return undefined;
  };
  store.undoMerge = (ticket, request, actor) => {
    if (!ticket.merged_into) return refuse(409, 'not_merged', 'the ticket is not merged into another one');
    const into = byId(ticket.merged_into);
    ticket.merged_into = undefined;
    both('unmerged', [ticket, into], { role: 'into', note: request.note }, { role: 'from', note: request.note }, actor);
    return undefined;
  };
}
