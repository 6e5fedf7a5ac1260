import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../mock/store.mjs';
import { createTill } from '../../mock/till.mjs';
import { App } from '../../till/App';
import '../../till/screens/Unsent'; // loaded late otherwise, which takes its time on a busy machine
import { catalogues } from '../../till/words';
import { answerWith, show, type Call } from '../support';

const patient = { timeout: 5000 };
let calls: Call[];
let store: ReturnType<typeof createStore>;

beforeEach(() => {
  store = createStore();
  calls = answerWith(createTill(store));
});

async function showRefused(type: string): Promise<HTMLElement> {
  const ticket = store.add({ ticket: { details: 'The handle came off.' } }, {});
  store.quarantine(ticket, { code: 'unknown_value', message: 'There is no such category', field: '/body/ticket/category' }, type);
  window.location.hash = '#/unsent';
  show(<App />, catalogues);
  return (await screen.findByText('There is no such category', {}, patient)).closest('article') as HTMLElement;
}

const withdrawals = () => calls.filter(({ path, body }) => path.endsWith('/call/act') && (body as { action: string }).action === 'withdraw');

describe('what the server has refused', () => {
  it('can be corrected, or withdrawn once that is confirmed', async () => {
    const row = await showRefused('created');
    expect(within(row).getByText('Correct').closest('a')?.getAttribute('href')).toMatch(/do=correct$/);
    fireEvent.click(within(row).getByText('Withdraw'));
    expect(await screen.findByText('Withdraw this ticket?', {}, patient)).toBeTruthy();
    expect(screen.getByText('There is no such category')).toBeTruthy();
    expect(await screen.findByText('The handle came off.', {}, patient)).toBeTruthy();
    expect(withdrawals()).toHaveLength(0);
    fireEvent.click(screen.getByRole('button', { name: 'Yes, take it back' }));
    expect(await screen.findByText('Everything has been sent', {}, patient)).toBeTruthy();
    expect(withdrawals()).toHaveLength(1);
  });

  it('names the event alone: the plugin refuses a ticket beside it', async () => {
    const event = (await showRefused('created'), store.unsent[0] as { event_id: string });
    fireEvent.click(screen.getByText('Withdraw'));
    fireEvent.click(await screen.findByRole('button', { name: 'Yes, take it back' }, patient));
    await waitFor(() => expect(withdrawals()).toHaveLength(1));
    expect(withdrawals()[0]?.body).toEqual({ action: 'withdraw', event_id: event.event_id, clerk: { id: 'c17', name: 'Mia Brandt' } });
  });

  it('is kept when the clerk goes back', async () => {
    await showRefused('created');
    fireEvent.click(screen.getByText('Withdraw'));
    fireEvent.click(await screen.findByRole('button', { name: 'Back' }, patient));
    expect(await screen.findByText('There is no such category', {}, patient)).toBeTruthy();
    expect(withdrawals()).toHaveLength(0);
  });

  it('offers no form for a comment: that is taken back and made again', async () => {
    const row = await showRefused('commented');
    expect(within(row).queryByText('Correct')).toBeNull();
    fireEvent.click(within(row).getByText('Withdraw'));
    expect(await screen.findByText('Take this back?', {}, patient)).toBeTruthy();
  });
});
