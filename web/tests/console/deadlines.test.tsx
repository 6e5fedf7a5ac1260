import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../mock/server.mjs';
import { createStore, seed } from '../../mock/store.mjs';
import { App } from '../../console/App';
import { DueCell } from '../../console/ticket/Due';
import { awaitsAcknowledgement } from '../../console/ticket/Escalated';
import '../../console/ticket/TicketScreen'; // loaded late otherwise, which takes its time on a busy machine
import { deadlineEvent, type Speech } from '../../console/ticket/deadlineEvents';
import { catalogues } from '../../console/words';
import type { Actor, Deadlines, HistoryEvent } from '../../shared/api/types';
import { exactTime } from '../../shared/format/time';
import { shared, translate } from '../../shared/i18n/i18n';
import { answerWith, show } from '../support';

const patient = { timeout: 5000 };
const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-27T10:00:00Z');

function cell(ticket: Deadlines, language = 'en'): HTMLElement {
  localStorage.setItem('ccms.language', language);
  return show(<div data-testid="cell"><DueCell ticket={ticket} now={now} zone={zone} /></div>, catalogues).getByTestId('cell');
}

describe('the column of deadlines', () => {
  it.each([
    ['en', '1 day overdue', '26 Nov 2026, 09:30'], ['de', '1 Tag überfällig', '26.11.2026, 09:30'],
  ])('says in words and the store’s time what is overdue (%s)', (language, word, time) => {
    const shown = cell({ next_deadline_at: '2026-11-26T08:30:00Z', breached_at: '2026-11-26T08:30:00Z' }, language);
    expect(within(shown).getByText(word).querySelector('svg')).toBeTruthy();
    expect(within(shown).getByText(time)).toBeTruthy();
    expect(within(shown).queryByRole('img')).toBeNull();
  });
  it.each([['en', 'Due in 3 hr'], ['de', 'Fällig in 3 Std.']])('says what is due soon (%s)', (language, word) => {
    const shown = cell({ due_soon_at: '2026-11-27T09:00:00Z', next_deadline_at: '2026-11-27T13:00:00Z' }, language);
    expect(within(shown).getByText(word).querySelector('svg')).toBeTruthy();
  });
  it('is plain for what is on time, and a dash where no clock runs', () => {
    expect(cell({ due_soon_at: '2026-11-29T10:00:00Z', next_deadline_at: '2026-11-30T10:00:00Z' }).textContent).toBe('in 3 days30 Nov 2026, 11:00');
    expect(within(document.body).queryByText(/overdue|Due/)).toBeNull();
  });
  it('marks what was late before', () => {
    const shown = cell({ breached_at: '2026-11-20T10:00:00Z' });
    expect(shown.textContent).toBe('–');
    expect(within(shown).getByRole('img', { name: 'Was late before: missed 20 Nov 2026, 11:00' })).toBeTruthy();
  });
});

describe('an escalated ticket', () => {
  const system: Actor = { type: 'system', id: 'system', name: 'CCMS' };
  const escalated: HistoryEvent = { type: 'escalated', actor: system };
  const byStaff: HistoryEvent = { type: 'commented', actor: { type: 'staff', id: 'u1', name: 'Ida' } };
  it('waits to be acknowledged until staff do something', () => {
    expect(awaitsAcknowledgement([byStaff])).toBe(false);
    expect(awaitsAcknowledgement([byStaff, escalated, { type: 'breached', actor: system }])).toBe(true);
    expect(awaitsAcknowledgement([escalated, byStaff])).toBe(false);
    expect(awaitsAcknowledgement([escalated, { type: 'acknowledged', actor: byStaff.actor }])).toBe(false);
  });
});

function speechIn(language: string): Speech {
  const words = { ...shared[language], ...catalogues[language] };
  return {
    word: (key, otherwise) => words[key] ?? otherwise, say: (key, values) => translate(words, key, values),
    name: (list, id) => `${list}/${id ?? ''}`, time: (at) => exactTime(at, language, zone),
  };
}

describe('events about deadlines', () => {
  const told = (type: string, data: Record<string, unknown>, language: string) => deadlineEvent({ type, data }, speechIn(language));

  it('tell which deadline was missed', () => {
    const data = { tat: 'usual_repair', clock: 'resolution', round: 2, breached_at: '2026-11-26T08:30:00Z' };
    expect(told('breached', data, 'en')).toBe('Resolution (usual repair) · round 2 · was due 26 Nov 2026, 09:30');
    expect(told('breached', data, 'de')).toBe('Lösung (usual repair) · Runde 2 · war fällig 26.11.2026, 09:30');
  });
  it('tell whose deadline it was', () => {
    expect(told('breached', { role: 'store_manager', clock: 'first_response', round: 1, breached_at: '2026-11-26T08:30:00Z' }, 'en'))
      .toBe('First response (Store manager) · was due 26 Nov 2026, 09:30');
  });
  it('tell who heard of an escalation, who was missing, and what changed', () => {
    const data = {
      tat: 'usual', clock: 'resolution', round: 1, ladder: 'usual', step: 'head_office', due_at: '2026-11-26T08:30:00Z',
      told: ['Ines Hartmann', 'desk@nordmarkt.example'], nobody_in: ['store_manager'], priority: 'high', department: 'repairs',
    };
    expect(told('escalated', data, 'en')).toBe([
      'Step “head office” · Resolution (usual) · planned for 26 Nov 2026, 09:30', 'Told: Ines Hartmann, desk@nordmarkt.example · nobody in: Store manager',
      'Priority now priorities/high · now with departments/repairs',
    ].join('\n'));
    expect(told('escalated', data, 'de')).toBe([
      'Stufe „head office“ · Lösung (usual) · vorgesehen für 26.11.2026, 09:30', 'Benachrichtigt: Ines Hartmann, desk@nordmarkt.example · unbesetzt: Filialleitung',
      'Priorität jetzt priorities/high · jetzt bei departments/repairs',
    ].join('\n'));
  });
  it('say so when nobody was told', () => {
    expect(told('escalated', { clock: 'resolution', told: [] }, 'en')).toBe('Resolution\nNobody was told');
  });
  it('tell the customer’s new date and the one before', () => {
    const data = { answer_by: '2026-11-30T08:30:00Z', promised: '2026-11-28T08:30:00Z', reason: 'escalated' };
    expect(told('answer_by_changed', data, 'en')).toBe('Answer by 30 Nov 2026, 09:30 instead of 28 Nov 2026, 09:30 · because of the escalation');
    expect(told('answer_by_changed', data, 'de')).toBe('Antwort bis 30.11.2026, 09:30 statt 28.11.2026, 09:30 · wegen der Eskalation');
    expect(told('answer_by_changed', { answer_by: data.answer_by, reason: 'acted' }, 'en')).toBe('Answer by 30 Nov 2026, 09:30 · because something was done');
    expect(told('answer_by_confirmed', { ...data, reason: 'created' }, 'en')).toBe('Answer by 30 Nov 2026, 09:30 · when the ticket arrived');
  });
  it('have words for every reason, in both languages', () => {
    for (const language of ['en', 'de']) {
      for (const reason of ['created', 'acted', 'amended', 'checked', 'escalated', 'imported']) expect(told('answer_by_changed', { reason }, language)).not.toBe(reason);
    }
  });
  it('leave the others alone', () => expect(told('commented', { text: 'x' }, 'en')).toBeUndefined());
});

describe('deadlines in the console', () => {
  function open() {
    const store = createStore();
    seed(store, 30);
    const calls = answerWith(createServer(store));
    store.signIn('u3');
    return { store, calls };
  }

  it('are a view at the left, with its count', async () => {
    const { store, calls } = open();
    const overdue = store.tickets.filter((ticket: object) => store.dueNow(ticket, 'overdue')).length;
    window.location.hash = '#/tickets?view=all';
    show(<App />, catalogues);
    const link = (await screen.findByText('Overdue', { selector: 'nav span' }, patient)).closest('a') as HTMLElement;
    await waitFor(() => expect(link.textContent).toBe(`Overdue${overdue}`), patient);
    window.location.hash = link.getAttribute('href') ?? '';
    await waitFor(() => expect(calls.some((call) => call.query.get('due') === 'overdue' && call.query.get('limit') === '50')).toBe(true), patient);
    expect(await screen.findAllByText(/ overdue$/, {}, patient)).toHaveLength(overdue);
  });

  it('stand on the ticket’s page, with what was done about them and who was told', async () => {
    const { store } = open();
    const ticket = store.tickets.find((one: { first_response_by?: string }) => store.dueNow(one, 'overdue') && one.first_response_by);
    window.location.hash = `#/tickets/${ticket.code}`;
    show(<App />, catalogues);
    const block = (await screen.findByText('Deadlines', {}, patient)).closest('section') as HTMLElement;
    for (const name of ['Answer by', 'Promised to the customer', 'First response by', 'Late since']) expect(within(block).getByText(name)).toBeTruthy();
    expect(within(block).queryByText('First missed')).toBeNull();
    expect(await screen.findByText('Deadline missed', {}, patient)).toBeTruthy();
    expect(await screen.findAllByText(/to staff/, {}, patient)).not.toHaveLength(0);
  });

  it('are not mentioned on a ticket that has none', async () => {
    const { store } = open();
    const [ticket] = store.tickets;
    for (const name of ['answer_by', 'promised_answer_by', 'first_response_by', 'due_soon_at', 'next_deadline_at', 'breached_at']) delete ticket[name];
    window.location.hash = `#/tickets/${ticket.code}`;
    show(<App />, catalogues);
    await screen.findByText('History', {}, patient);
    expect(screen.queryByText('Deadlines')).toBeNull();
  });
});
