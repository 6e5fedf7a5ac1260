// Tickets by way of the API, so that a console has something to show.
import assert from 'node:assert/strict';
import { password } from './programs.mjs';

export class Staff {
  constructor(url) {
    this.url = `${url}/api/v1`;
  }

  async signIn(user) {
    const reply = await fetch(`${this.url}/session`, { method: 'POST', body: JSON.stringify({ user, password }) });
    assert.equal(reply.status, 200);
    this.cookie = reply.headers.get('set-cookie').split(';')[0];
    this.csrf = (await reply.json()).csrf;
    return this;
  }

  async post(path, body) {
    const reply = await fetch(this.url + path, {
      method: 'POST', body: JSON.stringify(body),
      headers: { Cookie: this.cookie, 'X-CSRF-Token': this.csrf, 'Idempotency-Key': crypto.randomUUID() },
    });
    const answer = await reply.json();
    assert.ok(reply.ok, `${path}: ${JSON.stringify(answer)}`);
    return answer.ticket;
  }

  act = (ticket, action, more = {}) => this.post(`/tickets/${ticket.ticket_id}/actions`, { action, ...more });

  lodge = ({ store, category, details, name, mobile, more = {} }) => this.post('/tickets', {
    language: 'en', kind: 'complaint', store, proof: { kind: 'none', reason: 'lost_receipt' },
    ticket: { category, details, consent_to_contact: true, ...more }, complainant: { kind: 'contact', name, mobile },
  });
}
