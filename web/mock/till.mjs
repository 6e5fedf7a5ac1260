// The till's host and plugin, as the screens see them (till API).
import { randomUUID } from 'node:crypto';
import * as chain from './chain.mjs';
import { formFor } from './forms.mjs';
import { dashed } from './store.mjs';

const error = (status, code, message, field) => ({ status, body: { error: { status, code, message, ...(field ? { field } : {}) } } });
const ok = (body) => ({ status: 200, body });
const mask = (name) => name && `${name[0]}*** ${name.split(' ').at(-1)[0]}.`;

export function createTill(store) {
  let clerk = chain.clerks[0];
  const results = new Map();
  const forms = new Map();
  const local = new Set();

  const summary = (t) => ({
    ticket_id: t.ticket_id, code: t.code, kind: t.kind, created_at: t.created_at, state: t.state, department: t.department, priority: t.priority, category: t.category,
    customer: mask(t.complainant?.name), mobile: t.complainant?.mobile && `•••• ${t.complainant.mobile.slice(-4)}`, details: t.details?.slice(0, 140),
    delivery: t.delivery ?? 'delivered', problem: t.problem, ready_to_collect: t.ready_to_collect, training: t.training, withdrawn: t.withdrawn, answer_by: t.promised_answer_by,
  });
  const status = () => ({
    enrolled: store.enrolled, store: 'S001', store_name: 'Nordmarkt Kiel Holstenstraße', till: 'S001-T1', queue_depth: store.unsent.filter((e) => e.state === 'unsent').length,
    quarantined: store.unsent.filter((e) => e.state === 'quarantined').length, oldest_unsent_at: store.unsent[0]?.created_at, last_sync_at: new Date(Date.now() - 40_000).toISOString(),
    next_attempt_in_ms: store.online ? 0 : 12_000, network: store.online ? 'online' : 'offline', settings_version: 3, clock_offset_ms: 0, plugin_version: '0.1.0',
    ready_to_collect: store.tickets.filter((t) => t.ready_to_collect).length,
  });
  const later = (value) => {
    const id = randomUUID();
    if (store.online) setTimeout(() => results.set(id, value), store.latency);
    return id;
  };
  const queue = (ticket, type) => {
    store.unsent.push({ event_id: randomUUID(), ticket_id: ticket.ticket_id, code: ticket.code, type, created_at: new Date().toISOString(), attempts: 0, state: 'unsent' });
    ticket.delivery = 'unsent';
    if (store.online) setTimeout(deliver, 1200);
  };
  const deliver = () => {
    for (const event of store.unsent.filter((e) => e.state === 'unsent')) {
      const ticket = store.find(event.ticket_id);
      ticket.delivery = 'delivered';
      if (event.type === 'created') store.receive(ticket);
    }
    store.unsent = store.unsent.filter((e) => e.state === 'quarantined');
  };
  store.setNetwork = (up) => {
    store.online = up;
    if (up) setTimeout(deliver, 800);
  };

  const slipOf = (t) => ({
    title: 'We have taken your complaint', chain: 'Nordmarkt', store: 'Nordmarkt Kiel Holstenstraße', code: dashed(t.code), qr: `https://ccms.example/t/${t.code}`,
    lines: ['Nordmarkt Kiel Holstenstraße', 'Holstenstraße 12, 24103 Kiel', 'Taken by Mia Brandt', ...(t.confidential ? [] : t.transaction?.lines.filter((l) => l.affected_quantity).map((l) => `${l.affected_quantity} × ${l.description}`) ?? []), ...(t.promised_answer_by ? [`You hear from us by: ${new Date(t.promised_answer_by).toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' })}`] : [])],
    text: '',
  });

  const actionsOf = (t) => {
    if (t.delivery === 'quarantined') return ['comment', 'receive_goods', 'correct', 'withdraw'];
    if (t.withdrawn || ['closed', 'invalid'].includes(t.state.type)) return ['comment'];
    return ['comment', 'receive_goods', ...(t.ready_to_collect ? ['hand_over'] : []), 'settle', ...(local.has(t.ticket_id) ? ['amend', 'withdraw'] : [])];
  };

  /** One refused event, and its ticket when that was never created. */
  const takeBack = ({ event_id, ticket_id, code }) => {
    if (ticket_id || code) return error(422, 'unknown_member', 'The event says which ticket it is', '/ticket_id');
    const event = store.unsent.find((e) => e.event_id === event_id);
    if (event?.state !== 'quarantined') return error(422, 'refused', 'this event was not rejected', '/event_id');
    const ticket = store.find(event.ticket_id);
    store.unsent = store.unsent.filter((e) => e !== event);
    Object.assign(ticket, { delivery: 'delivered', problem: undefined }, event.type === 'created' ? { withdrawn: true } : {});
    return ok({ event_id, ticket: summary(ticket) });
  };

  const calls = {
    screens: () => ok({ screens: [], ready_to_collect: status().ready_to_collect }),
    status: () => ok(status()),
    form: (r) => {
      const id = randomUUID();
      return ok(formFor(r.language, { customer: r.customer, kind: r.kind, formId: id }));
    },
    create_ticket: (r) => {
      if (forms.has(r.form_id)) return ok(forms.get(r.form_id));
      const bad = (message, field) => error(422, 'bad_value', message, field);
      if (!r.ticket?.details) return bad('Say what happened', '/ticket/details');
      if (r.complainant?.mobile && !/^[+\d][\d\s/-]{6,}$/.test(r.complainant.mobile)) return bad('This is not a telephone number', '/complainant/mobile');
      const open = r.transaction && store.tickets.find((t) => t.transaction?.id === r.transaction.id && ['open', 'in_progress'].includes(t.state.type) && !t.withdrawn);
      if (open && !r.accept_duplicate) return error(409, 'duplicate_suspected', `Ticket ${dashed(open.code)} is open for this receipt.`, '/transaction');
      const ticket = store.add({ ...r, store: 'S001' }, { type: 'clerk', ...r.clerk });
      local.add(ticket.ticket_id);
      queue(ticket, 'created');
      const reply = { ticket_id: ticket.ticket_id, code: dashed(ticket.code), event_id: randomUUID(), created_at: ticket.created_at, state: ticket.state, delivery: 'unsent', answer_by: ticket.promised_answer_by, slip: slipOf(ticket) };
      forms.set(r.form_id, reply);
      return ok(reply);
    },
    act: (r) => {
      if (r.action === 'withdraw' && r.event_id) return takeBack(r);
      const ticket = store.find(r.ticket_id ?? r.code);
      if (!ticket) return error(404, 'unknown_ticket', 'This till does not know the ticket');
      if (r.action === 'amend') {
        if (Date.now() - Date.parse(ticket.created_at) > 1_800_000 && !r.reason) return error(422, 'missing_field', 'Say why: the customer has left', '/reason');
        Object.assign(ticket, r.changes.ticket ?? {});
        if (r.changes.complainant) ticket.complainant = r.changes.complainant;
      }
      if (r.action === 'withdraw') ticket.withdrawn = true;
      if (r.action === 'receive_goods') ticket.goods = { condition: r.condition, accessories: r.accessories, serial: r.serial, tag: r.tag, shelf: r.shelf };
      if (r.action === 'hand_over') Object.assign(ticket, { ready_to_collect: false, state: chain.states[1] });
      if (r.action === 'settle') {
        if (!chain.resolutionCodes.some(({ id }) => id === r.resolution_code)) return error(422, 'unknown_option', 'Say how it was solved', '/resolution_code');
        Object.assign(ticket, { ready_to_collect: false, state: chain.states.find(({ type }) => type === 'closed'), resolution: { code: r.resolution_code, note: r.note } });
      }
      store.follow(ticket);
      if (r.action === 'correct') {
        store.unsent = store.unsent.filter((e) => e.event_id !== r.event_id);
        Object.assign(ticket, r.ticket, { complainant: r.complainant ?? ticket.complainant, problem: undefined });
        queue(ticket, 'created');
      } else {
        store.record(ticket, { amend: 'amended', withdraw: 'withdrawn', comment: 'commented', receive_goods: 'goods_received', hand_over: 'handed_over', settle: 'settled' }[r.action], { type: 'clerk', ...r.clerk }, { text: r.text, note: r.note, resolution_code: r.resolution_code, remedy: r.remedy });
        queue(ticket, 'amended');
      }
      return ok({ event_id: randomUUID(), ticket: summary(ticket) });
    },
    find_tickets: (r) => {
      const all = store.tickets.filter((t) =>
        (!r.status?.length || r.status.includes(t.state.id)) && (!r.priority?.length || r.priority.includes(t.priority)) && (!r.department?.length || r.department.includes(t.department)) &&
        (!r.code || t.code === r.code.toUpperCase().replace(/-/g, '')) && (!r.customer_number || t.complainant?.mobile?.endsWith(r.customer_number.replace(/\D/g, '').slice(-7))));
      return ok({ tickets: all.filter((t) => local.has(t.ticket_id)).map(summary), request_id: later({ tickets: all.slice(0, 50).map(summary) }) });
    },
    ticket: (r) => {
      const ticket = store.find(r.ticket_id ?? r.code ?? '');
      const shown = ticket && { ...ticket, delivery: ticket.delivery ?? 'delivered', answer_by: ticket.promised_answer_by };
      const reply = ticket ? { ticket: shown, history: store.history.get(ticket.ticket_id), actions: actionsOf(ticket) } : {};
      return ok({ ...(ticket && (local.has(ticket.ticket_id) || !store.online) ? reply : {}), request_id: later(reply) });
    },
    unsent: () => ok({ events: store.unsent }),
    enrol: (r) => {
      const good = r.code === 'ABCD-EFGH-JKMN';
      if (!good) return error(403, 'enrolment_refused', 'This code is wrong, expired or already used', '/code');
      store.enrolled = true;
      return ok({ request_id: later({ enrolled: true }) });
    },
    take_result: (r) => ok(results.has(r.request_id) ? { done: true, result: results.get(r.request_id) } : { done: false }),
  };
  store.quarantine = (ticket, problem, type = 'created') => {
    local.add(ticket.ticket_id);
    Object.assign(ticket, { delivery: 'quarantined', problem });
    store.unsent.push({ event_id: randomUUID(), ticket_id: ticket.ticket_id, code: ticket.code, type, created_at: ticket.created_at, attempts: 1, state: 'quarantined', problem });
  };

  return (method, url, body) => {
    const path = url.pathname.replace('/till/api', '');
    if (path === '/state') return ok({ store: 'S001', till: 'S001-T1', clerk, clerks: chain.clerks, training: store.training, network: store.online ? 'online' : 'offline', status: status(), ready_to_collect: status().ready_to_collect, events: [], now_ms: Date.now() });
    if (path === '/clerk') {
      clerk = chain.clerks.find((c) => c.id === body.id) ?? clerk;
      return ok({});
    }
    if (path === '/current') return store.current ? ok(store.current) : error(404, 'no_transaction', 'No sale is open');
    if (path === '/print') return { status: 204 };
    if (path === '/lookup') {
      const wanted = url.searchParams.get('text').replace(/\s/g, '');
      const digits = wanted.replace(/\D/g, '').replace(/^0+/, '');
      const people = chain.customers.filter((c) => c.identifiers.some((i) => i.value === wanted || (digits.length >= 7 && i.value.endsWith(digits))));
      return ok({ transactions: chain.transactions.filter((t) => t.id === wanted), customers: people });
    }
    const of = /^\/customers\/(.+)\/transactions$/.exec(path);
    if (of) return ok({ transactions: chain.transactions.filter((t) => t.customer_id === of[1]) });
    const call = /^\/call\/(\w+)$/.exec(path)?.[1];
    return call && calls[call] ? calls[call](body ?? {}) : error(404, 'not_found', path);
  };
}
