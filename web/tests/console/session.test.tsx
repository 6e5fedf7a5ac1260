import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../mock/server.mjs';
import { createStore, seed } from '../../mock/store.mjs';
import { App } from '../../console/App';
import '../../console/ticket/TicketScreen'; // loaded late otherwise, which takes its time on a busy machine
import { catalogues } from '../../console/words';
import { answerWith, show, type Program } from '../support';

const patient = { timeout: 5000 };
const unknown = { status: 401, body: { code: 'not_signed_in', detail: 'sign in first' } };

function signInAs(user: string, password: string): void {
  fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: user } });
  fireEvent.change(screen.getByLabelText(/^Password/, { selector: 'input' }), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('a session that ends during work', () => {
  it('is asked for above the work, and what was typed is still there', async () => {
    const store = createStore();
    seed(store, 3);
    const server: Program = createServer(store);
    store.signIn('u3');
    let ended = false;
    answerWith((method, url, body) => {
      if (url.pathname.endsWith('/session') && method === 'POST') ended = false;
      return ended ? unknown : server(method, url, body);
    });
    window.location.hash = `#/tickets/${store.tickets[0].code}`;
    show(<App />, catalogues);
    const comment = await screen.findByPlaceholderText<HTMLTextAreaElement>('Only colleagues see this', {}, patient);
    fireEvent.change(comment, { target: { value: 'Half a thought' } });
    ended = true;
    fireEvent.click(screen.getByRole('button', { name: 'Add comment' }));
    await screen.findByText('Your session has ended: sign in to go on', {}, patient);
    expect(screen.queryByText(/sign in first/i)).toBeNull();
    signInAs('u3', 'demo');
    await waitFor(() => expect(screen.queryByText('Your session has ended: sign in to go on')).toBeNull(), patient);
    expect(screen.getByPlaceholderText<HTMLTextAreaElement>('Only colleagues see this').value).toBe('Half a thought');
  });
});

describe('signing in', () => {
  it('says in one’s own language what was wrong', async () => {
    answerWith(() => ({ status: 401, body: { code: 'wrong_credentials', detail: 'user name or password is wrong' } }));
    show(<App />, catalogues);
    await screen.findByLabelText(/^Name/, {}, patient);
    signInAs('hq', 'nonsense');
    expect(await screen.findByText('Name or password is wrong', {}, patient)).toBeTruthy();
  });
});
