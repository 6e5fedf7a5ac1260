// The demo's own program, as the tour page sees it.
import { transactions } from './chain.mjs';

export function createTour(store, urls) {
  const steps = () => {
    const last = store.tickets.find((t) => t.delivery);
    const type = last?.state.type;
    return Object.entries({
      offline: store.wasOffline, ticket: last, kill: store.wasDead, alive: store.wasDead && !store.dead, reconnect: last?.delivery === 'delivered',
      notified: store.messages.length > 0, start: type && type !== 'open', ready: last?.ready_to_collect, hand_over: false, close: type === 'closed',
    }).map(([id, done]) => ({ id, done: Boolean(done) }));
  };
  const personas = [['clerk', 'Mia Brandt', 'till', 'Clerk, store S001'], ['u1', 'Renate Voss', 'console', 'Repairs'], ['u2', 'Tom Okafor', 'console', 'Store manager'], ['u3', 'Ines Hartmann', 'console', 'Sees everything']]
    .map(([id, name, where, role]) => ({ id, name, where, role }));
  const receipts = transactions.slice(0, 4).map((sale) => ({
    id: sale.id, customer: sale.customer?.name ?? 'Anna Michaelsen', at_ms: Date.parse(sale.at), total: sale.total,
    items: sale.lines.slice(0, 2).map((line) => line.description), more_items: Math.max(0, sale.lines.length - 2),
  }));
  return (method, url, body) => {
    switch (url.pathname.replace('/tour/api', '')) {
      case '/state': return { status: 200, body: { till_url: urls.till, console_url: urls.console, network: store.online ? 'up' : 'down', till: store.dead ? 'dead' : 'running', steps: steps(), personas, receipts, messages: store.messages, ticket: store.tickets.find((t) => t.delivery) } };
      case '/network':
        store.setNetwork(body.up);
        store.wasOffline ||= !body.up;
        break;
      case '/kill-till':
        store.dead = true;
        store.wasDead = true;
        break;
      case '/start-till': store.dead = false; break;
      case '/reset': store.messages = []; store.wasDead = store.wasOffline = false; break;
      case '/persona':
        store.signIn(body.id);
        return { status: 200, body: { console_url: urls.console } };
      default: return { status: 404, body: {} };
    }
    return { status: 200, body: {} };
  };
}
