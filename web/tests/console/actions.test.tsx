import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../mock/server.mjs';
import { createStore, seed } from '../../mock/store.mjs';
import { App } from '../../console/App';
import { catalogues } from '../../console/words';
import { amountFlaw, needsOf, requestOf } from '../../console/ticket/Actions';
import { answerWith, show } from '../support';

const patient = { timeout: 5000 };

function open(hash: string) {
  const store = createStore();
  seed(store, 12);
  const handle = createServer(store);
  const calls = answerWith(handle);
  store.signIn('u1');
  window.location.hash = hash;
  return { store, calls, shown: () => show(<App />, catalogues) };
}

describe('what an action needs', () => {
  it('is what the flow says, in the request’s words', () => {
    expect(needsOf({ action: 'reject', label: 'x', requires: ['rejection_reason'] })).toEqual(['reason']);
    expect(needsOf({ action: 'assign', label: 'x', requires: [] })).toEqual(['assignee']);
    expect(needsOf({ action: 'start', label: 'x' })).toEqual([]);
  });
});

describe('a remedy', () => {
  const step = { action: 'close', label: 'x', requires: ['remedy'], remedy_at_most: 5000 };

  it('goes to the server as its kind and an amount in minor units', () => {
    expect(requestOf({ note: 'Sorry', remedy: 'refund', amount: '25.50' }, 'EUR')).toEqual({ note: 'Sorry', remedy: { kind: 'refund', amount: { amount: 2550, currency: 'EUR' } } });
    expect(requestOf({ remedy: 'apology' }, 'EUR')).toEqual({ remedy: { kind: 'apology' } });
    expect(requestOf({ note: 'Sorry', amount: '25' }, 'EUR')).toEqual({ note: 'Sorry' });
  });

  it('is held to what the step may give before the server is asked', () => {
    expect(amountFlaw({ amount: '50.00' }, step)).toBeUndefined();
    expect(amountFlaw({ amount: '50.01' }, step)).toBe('actions.too_much');
    expect(amountFlaw({ amount: '' }, step)).toBe('actions.missing');
    expect(amountFlaw({ amount: 'much' }, step)).toBe('actions.amount_wrong');
    expect(amountFlaw({ amount: '' }, { action: 'close', label: 'x', requires: ['remedy'] })).toBeUndefined();
  });
});

describe('a ticket in the console', () => {
  it('is closed with a resolution and a note, asked for in place', async () => {
    const { store, calls, shown } = open('#/');
    const ticket = store.tickets.find((one: { state: { id: string } }) => one.state.id === 'in_progress');
    window.location.hash = `#/tickets/${ticket.code}`;
    shown();
    fireEvent.click(await screen.findByRole('button', { name: 'Close' }, patient));
    const close = () => fireEvent.submit(screen.getByLabelText(/^Note/).closest('form') as HTMLFormElement);
    close();
    expect(await screen.findAllByText('This is needed')).toHaveLength(2);
    fireEvent.click(screen.getByLabelText(/^How was it resolved/, { selector: 'input' }));
    fireEvent.click(await screen.findByRole('option', { name: 'Repaired', hidden: true }, patient));
    fireEvent.change(screen.getByLabelText(/^Note/), { target: { value: 'New seal.' } });
    close();
    await waitFor(() => expect(ticket.state.id).toBe('closed'), patient);
    const action = calls.find((call) => call.path.endsWith('/actions'));
    expect(action?.body).toEqual({ action: 'close', resolution_code: 'repaired', note: 'New seal.' });
    expect(action?.headers.get('X-CSRF-Token')).toBe('token');
    expect(action?.headers.get('Idempotency-Key')).toBeTruthy();
    expect(action?.headers.get('If-Match')).toMatch(/^"\d+"$/);
  });

  it('is found by the filters of the address', async () => {
    const { calls, shown } = open('#/tickets?view=all&status=open&priority=high&custom.serial_number=K1');
    shown();
    await waitFor(() => expect(calls.some((call) => call.path === '/api/v1/tickets' && call.query.get('limit') === '50')).toBe(true), patient);
    const list = calls.find((call) => call.query.get('limit') === '50');
    expect(list?.query.getAll('status')).toEqual(['open']);
    expect(list?.query.get('custom.serial_number')).toBe('K1');
    expect(list?.query.has('view')).toBe(false);
  });
});
