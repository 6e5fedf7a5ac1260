import { fireEvent, screen, within } from '@testing-library/react';
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
