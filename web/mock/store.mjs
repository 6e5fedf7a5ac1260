// What the invented server holds, and the till's queue towards it.
import { randomUUID } from 'node:crypto';
import * as chain from './chain.mjs';
import { addLinks } from './links.mjs';

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const newCode = () => Array.from({ length: 12 }, () => symbols[Math.floor(Math.random() * 32)]).join('');
export const dashed = (code) => code.replace(/^(.{4})(.{4})(.{4})$/, '$1-$2-$3');
const stateOf = (id) => chain.states.find((s) => s.id === id);

const transitions = [
  { action: 'verify', from: ['open'], requires: [], label: chain.text('Verify', 'Prüfen bestätigen') },
  { action: 'assign', from: ['open', 'in_progress'], requires: ['assignee'], label: chain.text('Assign', 'Zuweisen') },
  { action: 'start', from: ['open'], to: 'in_progress', requires: [], label: chain.text('Start work', 'Bearbeitung beginnen') },
  { action: 'ready', from: ['in_progress'], to: 'ready', requires: [], label: chain.text('Ready to collect', 'Abholbereit melden') },
  { action: 'hand_over', from: ['ready'], to: 'in_progress', requires: [], label: chain.text('Handed over', 'Ausgehändigt') },
  { action: 'close', from: ['in_progress', 'ready'], to: 'closed', requires: ['resolution_code', 'note'], label: chain.text('Close', 'Schließen') },
  { action: 'reject', from: ['open'], to: 'rejected', requires: ['rejection_reason'], label: chain.text('Reject', 'Ablehnen') },
  { action: 'reopen', from: ['closed', 'rejected'], to: 'in_progress', requires: ['note'], label: chain.text('Reopen', 'Wieder öffnen') },
];

export function createStore() {
  const store = { tickets: [], history: new Map(), notifications: new Map(), messages: [], unsent: [], online: true, dead: false, training: false, enrolled: true, latency: 0 };

  store.actionsOf = (ticket) => transitions.filter((t) => t.from.includes(ticket.state.id) && !ticket.withdrawn && !ticket.merged_into)
    .map(({ action, label, requires }) => ({ action, transition: action, label, requires }));
  /** Invented turn-around times: an answer in days by priority, the first word in one; what waits for the customer stands still. */
  store.follow = (ticket) => {
    if (ticket.training) return;
    const after = (hours) => new Date(Date.parse(ticket.created_at) + hours * 3_600_000).toISOString();
    const [aim, deadline] = { high: [48, 72], low: [144, 240] }[ticket.priority] ?? [72, 120];
    const runs = ['open', 'in_progress'].includes(ticket.state.type) && !ticket.withdrawn;
    const unheard = runs && ticket.state.id === 'open' && !ticket.answered;
    const answer_by = after(deadline);
    const late = after(24) < answer_by && ticket.answered_late ? after(24) : undefined;
    const missed = [unheard ? after(24) : late, runs ? answer_by : undefined].filter((at) => at && Date.parse(at) <= Date.now()).sort();
    Object.assign(ticket, {
      answer_by: runs ? answer_by : undefined, promised_answer_by: ticket.promised_answer_by ?? answer_by,
      first_response_by: unheard ? after(24) : undefined, due_soon_at: runs ? (unheard ? after(12) : after(aim)) : undefined,
      next_deadline_at: runs ? (unheard ? after(24) : answer_by) : undefined, breached_at: ticket.breached_at ?? missed[0],
    });
  };
  store.dueNow = (ticket, due, now = new Date().toISOString()) => ({
    overdue: ticket.next_deadline_at <= now, soon: ticket.due_soon_at <= now && !(ticket.next_deadline_at <= now), breached: Boolean(ticket.breached_at),
  })[due];
  store.record = (ticket, type, actor, body = {}) => {
    const list = store.history.get(ticket.ticket_id) ?? [];
    list.push({ event_id: randomUUID(), type, at: new Date().toISOString(), actor, body, data: body });
    store.history.set(ticket.ticket_id, list);
  };
  store.notify = (ticket, on, text) => {
    if (ticket.training) return;
    const mobile = ticket.complainant?.mobile;
    const list = store.notifications.get(ticket.ticket_id) ?? [];
    const entry = (channel, to) => ({ id: randomUUID(), channel, audience: channel === 'sms' ? 'customer' : 'department', to, on, state: 'delivered', attempts: 1, at: new Date().toISOString(), text });
    if (mobile) {
      list.push(entry('sms', `•••• ${mobile.slice(-4)}`));
      store.messages.push({ ...entry('sms', mobile), ticket_code: ticket.code });
    }
    list.push(entry('email', 'r•••@nordmarkt.example'));
    store.notifications.set(ticket.ticket_id, list);
  };
  store.add = (request, actor, more = {}) => {
    const now = new Date().toISOString();
    const ticket = {
      ticket_id: randomUUID(), code: newCode(), aliases: [], version: 1, kind: request.kind ?? 'complaint', state: stateOf('open'),
      priority: request.ticket.priority ?? 'medium', department: request.ticket.department ?? 'customer_care', category: request.ticket.category,
      requested: { department: request.ticket.department, priority: request.ticket.priority },
      routing: { rule: 'by_category', explanation: 'The category decides the department.' },
      store: { reported_at: request.store ?? 'S001', purchased_at: request.transaction?.store, collect_at: request.ticket.collect_at },
      channel: 'till', language: request.language ?? 'en', outcome_sought: request.ticket.outcome_sought, consent_to_contact: request.ticket.consent_to_contact,
      confidential: Boolean(request.ticket.confidential), training: store.training, settings_version: 3, details: request.ticket.details, custom: request.ticket.custom ?? {},
      complainant: request.complainant ?? { kind: 'anonymous' }, customer: request.customer, transaction: request.transaction, proof: request.proof,
      verification: { state: request.transaction ? 'verified' : 'unverified', checks: request.transaction ? ['transaction_exists', 'customer_matches', 'lines_match', 'not_returned', 'within_policy'].map((check) => ({ check, outcome: 'pass' })) : [] },
      ready_to_collect: false, withdrawn: false, created_at: now, received_at: now, device_at: now, clock_offset_ms: 0, updated_at: now, clerk: actor, till: 'S001-T1', ...more,
    };
    store.tickets.unshift(ticket);
    store.follow(ticket);
    store.record(ticket, 'created', actor);
    return ticket;
  };
  store.receive = (ticket) => {
    store.record(ticket, 'routed', { type: 'system', id: 'flow', name: 'Process flow' }, { department: ticket.department });
    if (ticket.answer_by) store.record(ticket, 'answer_by_confirmed', system, { answer_by: ticket.answer_by, promised: ticket.answer_by, reason: 'created' });
    store.notify(ticket, 'created', `Nordmarkt: we have your ticket ${dashed(ticket.code)}. Follow it: https://ccms.example/t/${ticket.code}`);
  };
  store.find = (ref) => store.tickets.find((t) => t.ticket_id === ref || t.code === ref.toUpperCase().replace(/-/g, ''));
  store.act = (ticket, request, actor) => {
    const transition = transitions.find((t) => t.action === request.action && t.from.includes(ticket.state.id));
    if (!transition) return { status: 409, code: 'transition_not_allowed', detail: 'This is not possible in the present status.' };
    const given = { note: request.note, resolution_code: request.resolution_code, rejection_reason: request.reason, assignee: request.assignee };
    const missing = transition.requires.find((name) => !given[name]);
    if (missing) return { status: 422, code: 'missing_field', detail: 'This is needed.', field: `/${missing === 'rejection_reason' ? 'reason' : missing}` };
    if (transition.to) ticket.state = stateOf(transition.to);
    if (request.action === 'assign') ticket.assignee = { id: request.assignee, name: users.find((u) => u.id === request.assignee)?.name ?? request.assignee };
    if (request.action === 'verify') ticket.verification = { ...ticket.verification, state: 'verified' };
    if (request.action === 'close') ticket.resolution = { code: request.resolution_code, note: request.note };
    ticket.ready_to_collect = Boolean(ticket.state.ready_to_collect);
    ticket.version += 1;
    ticket.updated_at = new Date().toISOString();
    store.follow(ticket);
    store.record(ticket, transition.to ? 'state_changed' : request.action === 'assign' ? 'assigned' : 'verified', actor, { ...request, to: transition.to });
    if (request.action === 'ready') store.notify(ticket, 'ready_to_collect', `Nordmarkt: your item for ticket ${dashed(ticket.code)} is ready to collect at Kiel Holstenstraße, Mon–Sat 9:00–20:00.`);
    if (request.action === 'close') store.notify(ticket, 'closed', `Nordmarkt: your ticket ${dashed(ticket.code)} is closed. ${request.note}`);
    return undefined;
  };
  /** What the server does by itself when a deadline is missed. */
  store.escalate = (ticket) => {
    const clock = ticket.first_response_by ? 'first_response' : 'resolution';
    const told = [users[2].name, 'desk@nordmarkt.example'];
    store.record(ticket, 'breached', system, { tat: 'usual', clock, round: 1, breached_at: ticket.next_deadline_at });
    const before = ticket.answer_by;
    ticket.priority = 'high';
    store.record(ticket, 'escalated', system, { tat: 'usual', clock, round: 1, ladder: 'usual', step: 'head_office', due_at: ticket.next_deadline_at, told, nobody_in: ['store_manager'], priority: 'high' });
    store.follow(ticket);
    if (ticket.answer_by !== before) {
      ticket.promised_answer_by = ticket.answer_by;
      store.record(ticket, 'answer_by_changed', system, { answer_by: ticket.answer_by, promised: before, reason: 'escalated' });
    }
    const list = store.notifications.get(ticket.ticket_id) ?? [];
    for (const [to, state] of [['i•••@nordmarkt.example', 'sent'], ['d•••@nordmarkt.example', 'pending']]) {
      list.push({ id: randomUUID(), channel: 'email', audience: 'staff', to, on: 'escalated', state, attempts: 1, at: new Date().toISOString(), text: `Ticket ${dashed(ticket.code)} has missed its deadline. Please see to it today.` });
    }
    store.notifications.set(ticket.ticket_id, list);
  };
  addLinks(store);
  return store;
}

const system = { type: 'system', id: 'server', name: 'CCMS' };

export const users = [
  { id: 'u1', name: 'Renate Voss', roles: ['department_staff'], scopes: { departments: ['repairs'] } },
  { id: 'u2', name: 'Tom Okafor', roles: ['store_manager'], scopes: { store: 'S001' } },
  { id: 'u3', name: 'Ines Hartmann', roles: ['hq'], scopes: {} },
];

const texts = [
  ['defective', 'Kettle leaks at the base after two days. The customer noticed water under it twice and stopped using it.', 'repairs', 'high'],
  ['spoiled', 'Gouda was mouldy when opened, best before date is in three weeks.', 'grocery', 'medium'],
  ['wrong_price', 'Shelf said 4.99, till took 6.49.', 'customer_care', 'low'],
  ['staff', 'The customer felt ignored at the service desk for twenty minutes.', 'hr', 'medium'],
  ['missing_part', 'Charger missing in the box of the cordless drill.', 'electronics', 'high'],
  ['delivery', 'Sofa table delivered with a broken leg; the driver would not take it back.', 'logistics', 'medium'],
];

/** Fills the store with tickets of the last days, the same ones each time. */
export function seed(store, count) {
  const anna = chain.customers[0];
  for (let i = 0; i < count; i += 1) {
    const [category, details, department, priority] = texts[i % texts.length];
    const at = new Date(Date.now() - (count - i) * 4.3 * 3_600_000).toISOString();
    const person = chain.customers[i % 3];
    const ticket = store.add(
      { kind: 'complaint', store: chain.stores[i % 4].id, ticket: { category, details, department, priority, consent_to_contact: true, confidential: category === 'staff' },
        complainant: { kind: 'member', name: person.name, mobile: person.identifiers[0].value }, customer: person, transaction: i % 4 === 3 ? undefined : withAffected(chain.transactions[i % 4]), proof: { kind: i % 4 === 3 ? 'none' : 'looked_up', ...(i % 4 === 3 ? { reason: 'gift' } : {}) } },
      { type: 'clerk', ...chain.clerks[i % 3] }, { created_at: at, updated_at: at, received_at: at,
        // Whoever waited for long has heard something by now, some of them late.
        answered: count - i > 10, answered_late: i % 5 === 1 });
    store.receive(ticket);
    const path = [[], [], ['start'], ['start', 'ready'], ['start', 'close'], ['reject']][i % 6];
    if (i % 7 === 4) ticket.verification = { state: 'mismatch', checks: [{ check: 'transaction_exists', outcome: 'pass' }, { check: 'lines_match', outcome: 'fail', detail: 'Line 2 was sold once, the ticket says twice.' }] };
    if (i % 7 === 1) ticket.verification = { state: 'pending', checks: [{ check: 'transaction_exists', outcome: 'unknown', detail: 'Not in the ledger yet.' }] };
    for (const action of path) store.act(ticket, { action, note: 'Sorted out with the customer.', resolution_code: 'exchanged', reason: 'misuse' }, { type: 'staff', ...users[0] });
    store.follow(ticket);
    if (store.dueNow(ticket, 'overdue')) store.escalate(ticket);
    if (i % 3 === 0 && path.length) ticket.assignee = { id: 'u1', name: users[0].name };
  }
  return anna;
}
const withAffected = (t) => t && { ...t, customer: undefined, lines: t.lines.map((l, i) => (i === 0 ? { ...l, affected_quantity: '1' } : l)) };
