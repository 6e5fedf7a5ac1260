import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../mock/server.mjs';
import { createStore, seed } from '../../mock/store.mjs';
import { App } from '../../console/App';
import { catalogues } from '../../console/words';
import { formatCode } from '../../shared/format/code';
import { answerWith, show } from '../support';

const patient = { timeout: 5000 };
const someone = { type: 'staff', id: 'u1', name: 'Renate Voss' };

function desk() {
  const store = createStore();
  seed(store, 6);
  const calls = answerWith(createServer(store));
  store.signIn('u1');
  const open = (ref: string) => {
    window.location.hash = `#/tickets/${ref}`;
    show(<App />, catalogues);
  };
  // The customers of the first and the fourth are one, that of the second is another.
  const [one, stranger, , twin] = store.tickets;
  return { store, calls, open, one, stranger, twin };
}

const block = () => screen.findByRole('region', { name: 'Linked tickets' }, patient);

describe('linked tickets', () => {
  it('are shown with their states, and how many of a case are open', async () => {
    const { store, open, one, stranger, twin } = desk();
    store.link(stranger, 'parent', one, someone);
    store.link(twin, 'related', one, someone);
    open(one.code);
    const shown = within(await block());
    expect(await shown.findByText(/Complaints of this case: 1, [01] open/)).toBeTruthy();
    expect(shown.getByRole('link', { name: formatCode(stranger.code) }).getAttribute('href')).toBe(`#/tickets/${stranger.code}`);
    fireEvent.click(shown.getByRole('button', { name: `Take away the link to ${formatCode(twin.code)}` }));
    await waitFor(() => expect(store.linksOf(one).related).toEqual([]), patient);
  });

  it('are linked by their code', async () => {
    const { calls, store, open, one, stranger } = desk();
    open(one.code);
    fireEvent.click(within(await block()).getByRole('button', { name: 'Link' }));
    const code = await screen.findByLabelText(/^Its code/, undefined, patient);
    const submit = () => fireEvent.submit(code.closest('form') as HTMLFormElement);
    fireEvent.change(code, { target: { value: one.code } });
    submit();
    expect(await screen.findByText('this is the ticket itself', undefined, patient)).toBeTruthy();
    fireEvent.change(code, { target: { value: formatCode(stranger.code) } });
    submit();
    await waitFor(() => expect(store.linksOf(one).parent?.code).toBe(stranger.code), patient);
    const call = calls.findLast(({ path }) => path.endsWith('/links'));
    expect(call?.body).toEqual({ kind: 'parent', ticket: stranger.code });
    expect(call?.headers.get('If-Match')).toMatch(/^"\d+"$/);
    expect(call?.headers.get('Idempotency-Key')).toBeTruthy();
  });
});

describe('merging', () => {
  it('asks again when the customer is another, and then shows the ticket that stays', async () => {
    const { calls, store, open, one, stranger } = desk();
    open(stranger.code);
    fireEvent.click(within(await block()).getByRole('button', { name: 'Merge' }));
    const into = await screen.findByLabelText(/^Code of the ticket that stays/, undefined, patient);
    const submit = () => fireEvent.submit(into.closest('form') as HTMLFormElement);
    fireEvent.change(into, { target: { value: one.code } });
    fireEvent.change(screen.getByLabelText(/^Note/), { target: { value: 'Rang twice' } });
    submit();
    fireEvent.click(await screen.findByLabelText('It is the same customer all the same', undefined, patient));
    submit();
    await waitFor(() => expect(store.linksOf(stranger).merged_into?.code).toBe(one.code), patient);
    expect(calls.findLast(({ path }) => path.endsWith('/merge'))?.body).toEqual({ into: one.code, note: 'Rang twice', accept_other_customer: true });
    await waitFor(() => expect(window.location.hash).toBe(`#/tickets/${one.code}`), patient);
    expect(within(await block()).getByText('Merged into this one')).toBeTruthy();
  });

  it('leads from the code to the other ticket, and is undone on the ticket’s own page', async () => {
    const { store, open, one, twin } = desk();
    store.merge(twin, one, { note: 'The same' , accept_other_customer: true }, someone);
    open(twin.code);
    expect(await screen.findByText(`${formatCode(twin.code)} was merged into this ticket`, undefined, patient)).toBeTruthy();
    window.location.hash = `#/tickets/${twin.ticket_id}`;
    fireEvent.click(await screen.findByRole('button', { name: 'Undo the merge' }, patient));
    const note = await screen.findByLabelText(/^Note/, undefined, patient);
    fireEvent.change(note, { target: { value: 'Two kettles' } });
    fireEvent.submit(note.closest('form') as HTMLFormElement);
    await waitFor(() => expect(store.linksOf(twin).merged_into).toBeUndefined(), patient);
  });
});
