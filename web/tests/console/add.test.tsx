import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../mock/server.mjs';
import { createStore } from '../../mock/store.mjs';
import { App } from '../../console/App';
import '../../console/add/AddScreen'; // loaded late otherwise, which takes its time on a busy machine
import { catalogues } from '../../console/words';
import { answerWith, show, type Program } from '../support';

const patient = { timeout: 5000 };

/** The server’s form says the kind alone; the mock’s says more, as the till’s does. */
function openForm(user: string) {
  const store = createStore();
  const server: Program = createServer(store);
  store.signIn(user);
  answerWith((method, url, body) => {
    const reply = server(method, url, body);
    return url.pathname.endsWith('/form') ? { ...reply, body: { ...(reply.body as object), data: { kind: 'complaint' } } } : reply;
  });
  window.location.hash = '#/new';
  show(<App />, catalogues);
}

describe('a ticket on a customer’s behalf', () => {
  it('may be answered unless somebody says no', async () => {
    openForm('u3');
    const consent = await screen.findByLabelText<HTMLInputElement>('May be contacted', {}, patient);
    expect(consent.checked).toBe(true);
    fireEvent.click(consent);
    expect(screen.getByLabelText<HTMLInputElement>('May be contacted').checked).toBe(false);
    expect(screen.getByRole('button', { name: 'Save ticket' })).toBeTruthy();
  });
});

describe('the account', () => {
  it.each([['u1', 'Department'], ['u3', 'Head office']])('of %s names the role in words', async (user, role) => {
    openForm(user);
    const name = await screen.findByText(user === 'u1' ? 'Renate Voss' : 'Ines Hartmann', {}, patient);
    expect(within(name.closest('button') as HTMLElement).getByText(role)).toBeTruthy();
  });
});

type Body = { accept_duplicate?: boolean; ticket: { details?: string } };

it('gives a second ticket on a receipt another key when it says something else', async () => {
  const store = createStore();
  const server: Program = createServer(store);
  const calls = answerWith((method, url, body) => {
    if (method !== 'POST' || !url.pathname.endsWith('/tickets')) return server(method, url, body);
    const { accept_duplicate, ticket } = body as Body;
    if (!accept_duplicate) return { status: 409, body: { code: 'duplicate_suspected', detail: 'There is an open ticket on this receipt' } };
    if (ticket.details !== 'It leaks again') return { status: 422, body: { code: 'too_short', detail: 'Say more', field: '/ticket/details' } };
    return server(method, url, body);
  });
  const created = () => calls.filter((call) => call.method === 'POST' && call.path.endsWith('/tickets'));
  const accepted = () => created().filter((call) => (call.body as Body).accept_duplicate);
  const details = () => screen.getByLabelText(/^Details/);
  const submit = () => fireEvent.submit(details().closest('form') as HTMLFormElement);
  const second = async () => {
    const notice = await screen.findByText('There is an open ticket on this receipt', {}, patient);
    fireEvent.click(notice.parentElement?.querySelector('button') as HTMLButtonElement);
  };
  store.signIn('u1');
  window.location.hash = '#/new';
  show(<App />, catalogues);

  fireEvent.change(await screen.findByLabelText(/^Receipt number/, {}, patient), { target: { value: '4711' } });
  fireEvent.click(await screen.findByLabelText(/^Category/, { selector: 'input' }, patient));
  fireEvent.click(await screen.findByRole('option', { name: 'Wrong price', hidden: true }, patient));
  fireEvent.change(details(), { target: { value: 'It leaks' } });
  submit();
  await second();
  await waitFor(() => expect(accepted()).toHaveLength(1), patient);

  await screen.findByText('Say more', {}, patient);
  fireEvent.change(details(), { target: { value: 'It leaks again' } });
  submit();
  await second();
  await waitFor(() => expect(accepted()).toHaveLength(2), patient);

  const keys = created().map((call) => call.headers.get('Idempotency-Key'));
  expect(new Set(keys).size).toBe(4);
});
