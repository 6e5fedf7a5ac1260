import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../mock/store.mjs';
import { createTill } from '../../mock/till.mjs';
import { App } from '../../till/App';
import '../../till/add/AddTicket'; // loaded late otherwise, which takes its time on a busy machine
import { catalogues } from '../../till/words';
import { answerWith, show, type Call } from '../support';

const patient = { timeout: 5000 };
let calls: Call[];
let store: ReturnType<typeof createStore>;

beforeEach(() => {
  store = createStore();
  calls = answerWith(createTill(store));
});

async function toForm(): Promise<void> {
  window.location.hash = '#/add?scan=R-20261120-0107';
  show(<App />, catalogues);
  fireEvent.click(await screen.findByText('Frying pan 28 cm', {}, patient));
  fireEvent.click(screen.getByRole('button', { name: 'Next: 1 item' }));
  await screen.findByLabelText(/^Details/, {}, patient);
}

describe('adding a ticket at the till', () => {
  it('goes from a scanned receipt to a slip, and sends the agreed request once', async () => {
    await toForm();
    fireEvent.click(screen.getByRole('radio', { name: 'Defective product' }));
    fireEvent.change(screen.getByLabelText(/^Details/), { target: { value: 'The handle came off.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    expect((await screen.findByTestId('ticket-code', {}, patient)).textContent).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    const created = calls.filter((call) => call.path === '/till/api/call/create_ticket');
    expect(created).toHaveLength(1);
    expect(created[0]?.body).toMatchObject({
      clerk: { id: 'c17', name: 'Mia Brandt' }, kind: 'complaint', proof: { kind: 'looked_up' }, ticket: { category: 'defective', details: 'The handle came off.' },
      transaction: { id: 'R-20261120-0107', lines: [{ line: 1, affected_quantity: '1' }, { line: 2 }] },
    });
    expect((created[0]?.body as { form_id?: string }).form_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('settles what was put right on the spot, and asks how before anything is sent', async () => {
    await toForm();
    fireEvent.click(screen.getByRole('radio', { name: 'Defective product' }));
    fireEvent.change(screen.getByLabelText(/^Details/), { target: { value: 'The handle came off.' } });
    fireEvent.click(screen.getByLabelText(/^The customer was helped on the spot/));
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    expect((await screen.findAllByText('Please fill this in', {}, patient)).length).toBeGreaterThan(0);
    expect(calls.some((call) => call.path.endsWith('create_ticket'))).toBe(false);
    fireEvent.click(screen.getByRole('textbox', { name: /^How was it solved/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Refunded', hidden: true }, patient));
    fireEvent.change(screen.getByLabelText(/^Note/), { target: { value: 'Money back.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    await screen.findByTestId('ticket-code', {}, patient);
    const [created] = calls.filter((call) => call.path === '/till/api/call/create_ticket');
    expect(created?.body).toMatchObject({ settlement: { resolution_code: 'refunded', note: 'Money back.' } });
  });

  it('tells the clerk by when the customer is answered, when the chain promises it', async () => {
    await toForm();
    fireEvent.click(screen.getByRole('radio', { name: 'Defective product' }));
    fireEvent.change(screen.getByLabelText(/^Details/), { target: { value: 'The handle came off.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    await screen.findByTestId('ticket-code', {}, patient);
    const { promised_answer_by: promised } = store.tickets[0];
    expect(screen.getByText(/^Answer by/).querySelector('time')?.dateTime).toBe(promised);
  });

  it('says at the field what is missing, and keeps what was typed', async () => {
    await toForm();
    fireEvent.change(screen.getByLabelText(/^Details/), { target: { value: 'The handle came off.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    expect(await screen.findByText('Please choose one', {}, patient).catch(() => screen.findByText('Please fill this in'))).toBeTruthy();
    expect(screen.getByLabelText<HTMLTextAreaElement>(/^Details/).value).toBe('The handle came off.');
    expect(calls.some((call) => call.path.endsWith('create_ticket'))).toBe(false);
  });

  it('shows the plugin’s refusal at its field until that field changes', async () => {
    await toForm();
    fireEvent.click(screen.getByRole('radio', { name: 'Defective product' }));
    fireEvent.change(screen.getByLabelText(/^Details/), { target: { value: 'x' } });
    fireEvent.change(screen.getByLabelText('Mobile'), { target: { value: '12' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    expect(await screen.findByText('This is not a telephone number', {}, patient)).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Mobile'), { target: { value: '0170 1234567' } });
    await waitFor(() => expect(screen.queryByText('This is not a telephone number')).toBeNull());
  });

  it('offers the open ticket when there is one for this receipt, or a second', async () => {
    await toForm();
    const first = store.add({ ticket: { details: 'x' }, transaction: { id: 'R-20261120-0107', lines: [] } }, {});
    fireEvent.click(screen.getByRole('radio', { name: 'Defective product' }));
    fireEvent.change(screen.getByLabelText(/^Details/), { target: { value: 'x' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save ticket' }));
    const code = first.code.replace(/^(.{4})(.{4})(.{4})$/, '$1-$2-$3');
    expect(await screen.findByRole('button', { name: `Open ${code}` }, patient)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Save a second one' }));
    await screen.findByTestId('ticket-code', {}, patient);
    expect(calls.filter((call) => call.path.endsWith('create_ticket')).at(-1)?.body).toMatchObject({ accept_duplicate: true });
  });
});

describe('a ticket’s code that was typed without its dashes', () => {
  it('leads to the ticket when no receipt has that number', async () => {
    const { code } = store.add({ ticket: { details: 'The handle came off.' } }, {});
    window.location.hash = `#/add?scan=${code.replaceAll('-', '')}`;
    show(<App />, catalogues);
    const link = await screen.findByRole('link', { name: /^Open ticket/ }, patient);
    fireEvent.click(link);
    expect(link.getAttribute('href')).toMatch(/^#\/ticket\/\w{12}$/);
  });
});

describe('the badge', () => {
  it('says in a clerk’s words what is not sent yet', async () => {
    store.setNetwork(false);
    store.unsent.push({ state: 'unsent' }, { state: 'unsent' });
    show(<App />, catalogues);
    expect(await screen.findByText('2 saved here, will be sent', {}, patient)).toBeTruthy();
    expect(screen.getByText('No network')).toBeTruthy();
  });
  it('asks for the connection first, when the till is new', async () => {
    store.enrolled = false;
    show(<App />, catalogues);
    fireEvent.change(await screen.findByLabelText('Code', {}, patient), { target: { value: 'wrong' } });
    fireEvent.click(screen.getByRole('button', { name: 'Connect' }));
    expect(await screen.findByText('This code is wrong, expired or already used', {}, patient)).toBeTruthy();
  });
});
