// The central server, as the console sees it.
import * as chain from './chain.mjs';
import { formFor } from './forms.mjs';
import { users } from './store.mjs';

const problem = (status, code, detail, field) => ({ status, body: { type: 'about:blank', title: code, status, code, detail, ...(field ? { field } : {}), request_id: 'r1' } });
const ok = (body, status = 200) => ({ status, body });

export function createServer(store) {
  let user;
  store.signIn = (id) => {
    user = users.find((u) => u.id === id) ?? user;
  };
  const session = () => ok({ user, csrf: 'token' });
  const row = (t) => ({ ...t, actions: store.actionsOf(t), links: store.linksOf(t), merged: Boolean(t.merged_into) });
  const person = () => ({ type: 'staff', ...user });
  const answer = (refused, ticket) => (refused ? problem(refused.status, refused.code, refused.detail, refused.field) : ok({ ticket: row(ticket) }));

  function list(query) {
    const all = (name) => query.getAll(name).filter(Boolean);
    const has = (name, value) => all(name).length === 0 || all(name).includes(value);
    const q = (query.get('q') ?? '').toLowerCase();
    const code = query.get('code')?.toUpperCase().replace(/[\s-]/g, '');
    const number = query.get('customer_number')?.replace(/\D/g, '').replace(/^0+/, '');
    const assignee = query.get('assignee');
    const parent = query.get('parent') && store.find(query.get('parent'));
    const hits = store.tickets.filter((t) =>
      !t.merged_into && (!parent || t.parent === parent.ticket_id) &&
      (all('status').length === 0 || all('status').includes(t.state.id) || all('status').includes(t.state.type)) && has('priority', t.priority) && has('department', t.department) && has('category', t.category) &&
      has('store', t.store.reported_at) && has('kind', t.kind) && has('verification', t.verification.state) && (!code || t.code === code) &&
      (!query.get('due') || store.dueNow(t, query.get('due'))) &&
      (!q || t.details.toLowerCase().includes(q)) && (!number || t.complainant?.mobile?.endsWith(number)) &&
      (!assignee || (assignee === 'none' ? !t.assignee : t.assignee?.id === (assignee === 'me' ? user.id : assignee))) &&
      (query.get('created_from') ? t.created_at >= query.get('created_from') : true) && (query.get('created_to') ? t.created_at.slice(0, 10) <= query.get('created_to') : true));
    hits.sort((a, b) => (query.get('sort') === 'created_at' ? 1 : -1) * a.created_at.localeCompare(b.created_at));
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    return ok({ tickets: hits.slice(from, from + limit).map(row), count: hits.length, ...(from + limit < hits.length ? { next_cursor: String(from + limit) } : {}) });
  }

  return (method, url, body) => {
    const path = url.pathname.replace('/api/v1', '');
    if (path === '/session' && method === 'POST') {
      if (body.password === 'demo') {
        user = users.find((u) => u.id === body.user) ?? users[2];
        return session();
      }
      return problem(401, 'bad_credentials', 'Name or password is wrong', '/password');
    }
    if (!user) return problem(401, 'not_signed_in', 'Please sign in');
    if (path === '/session') {
      if (method === 'DELETE') {
        user = undefined;
        return { status: 204 };
      }
      return session();
    }
    if (path === '/meta') {
      return ok({ chain: 'Nordmarkt', languages: ['en', 'de'], currency: 'EUR', departments: chain.departments, priorities: chain.priorities, categories: chain.categories, states: chain.states, fields: [], filters: ['status', 'priority', 'department', 'created', 'customer_number', 'code'], resolution_codes: chain.resolutionCodes, remedies: ['refund', 'exchange', 'voucher'], rejection_reasons: chain.rejectionReasons, stores: chain.stores });
    }
    if (path === '/form') return ok(formFor(url.searchParams.get('language')));
    if (path === '/users') return ok({ users });
    if (path === '/tickets' && method === 'GET') return list(url.searchParams);
    if (path === '/tickets') {
      if (!body.ticket?.details) return problem(422, 'missing_field', 'Say what happened', '/ticket/details');
      const ticket = store.add(body, { type: 'staff', ...user }, { channel: 'console' });
      store.receive(ticket);
      return ok({ ticket: row(ticket) }, 201);
    }
    const match = /^\/tickets\/([^/]+)(?:\/(\w+))?(?:\/(.+))?$/.exec(path);
    const ticket = match && store.find(decodeURIComponent(match[1]));
    if (!ticket) return problem(404, 'unknown_ticket', 'There is no such ticket');
    switch (match[2]) {
      case undefined: {
        const answering = match[1] === ticket.ticket_id ? ticket : store.answering(ticket);
        return ok({ ticket: row(answering), ...(answering === ticket ? {} : { redirected_from: ticket.code }) });
      }
      case 'links': {
        const [kind, other] = method === 'DELETE' ? match[3].split('/') : [body.kind, body.ticket];
        return answer(method === 'DELETE' ? store.unlink(ticket, kind, store.find(other), person()) : store.link(ticket, kind, store.find(other), person()), ticket);
      }
      case 'merge':
        return answer(match[3] === 'undo' ? store.undoMerge(ticket, body, person()) : store.merge(ticket, store.find(body.into), body, person()), ticket);
      case 'history': return ok({ events: store.history.get(ticket.ticket_id) ?? [] });
      case 'notifications': return ok({ notifications: store.notifications.get(ticket.ticket_id) ?? [] });
      case 'acknowledgements':
        store.record(ticket, 'acknowledged', { type: 'staff', ...user }, {});
        return ok({}, 201);
      case 'comments':
        store.record(ticket, 'commented', { type: 'staff', ...user }, body);
        return ok({}, 201);
      case 'actions': {
        return answer(store.act(ticket, body, person()), ticket);
      }
      default: return problem(404, 'not_found', path);
    }
  };
}
