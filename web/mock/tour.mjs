// The demo's own program, as the tour page sees it.
import { text } from './chain.mjs';

export function createTour(store, urls) {
  const steps = () => {
    const mine = store.tickets.filter((t) => t.channel === 'till' && t.delivery);
    const last = mine[0];
    return [
      ['offline', text('Cut the network', 'Netz trennen'), store.wasOffline],
      ['slip', text('Add a ticket at the till', 'Ticket an der Kasse anlegen'), Boolean(last)],
      ['kill', text('Kill the till: the code survives', 'Kasse abschießen: der Code bleibt'), store.wasDead],
      ['sent', text('Reconnect: it arrives, the phone rings', 'Wieder verbinden: es kommt an'), last?.delivery === 'delivered'],
      ['ready', text('Work it, make it ready', 'Bearbeiten, abholbereit melden'), last?.ready_to_collect],
      ['closed', text('Hand over and close', 'Aushändigen und schließen'), last?.state.type === 'closed'],
    ].map(([id, title, done]) => ({ id, title, done: Boolean(done) }));
  };
  const personas = [{ id: 'u1', name: 'Renate', role: text('Repairs', 'Reparatur') }, { id: 'u2', name: 'Tom', role: text('Store manager', 'Filialleitung') }, { id: 'u3', name: 'Ines', role: text('Head office', 'Zentrale') }];
  return (method, url, body) => {
    switch (url.pathname.replace('/tour/api', '')) {
      case '/state': return { status: 200, body: { till_url: urls.till, console_url: urls.console, network: store.online ? 'up' : 'down', till: store.dead ? 'dead' : 'running', steps: steps(), personas, messages: store.messages } };
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
      case '/persona': return { status: 200, body: { url: `${urls.console}#/login?token=demo` } };
      default: return { status: 404, body: {} };
    }
    return { status: 200, body: {} };
  };
}
