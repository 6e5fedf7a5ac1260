// The till's host, same origin as the page.
import { ApiError, send } from './http';
import type {
  Created, Customer, FormReply, Found, FoundTransaction, Problem, Slip, Summary, TicketRequest, TicketsReply, TillState,
  TillTicketReply, UnsentEvent,
} from './types';

const base = '/till/api';

async function call<T>(name: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
  return (await send<T>('POST', `${base}/call/${name}`, { body, signal })).data;
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send<T>('GET', `${base}${path}`, { signal })).data;
}

type ClerkRef = { id: string; name: string };
export type ActRequest = { action: string; ticket_id?: string; code?: string; clerk: ClerkRef } & Record<string, unknown>;

export const till = {
  state: (signal?: AbortSignal) => get<TillState>('/state', signal),
  setClerk: (id: string) => send('POST', `${base}/clerk`, { body: { id } }),
  lookup: (text: string) => get<Found>(`/lookup?text=${encodeURIComponent(text)}`),
  transactionsOf: (customer: string) =>
    get<{ transactions: FoundTransaction[] }>(`/customers/${encodeURIComponent(customer)}/transactions`),
  /** The sale open at the till now, if there is one. */
  current: async (): Promise<FoundTransaction | undefined> => {
    try {
      return await get<FoundTransaction>('/current');
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  },
  print: (slip: Slip) => send('POST', `${base}/print`, { body: { slip } }),

  form: (body: { clerk: ClerkRef; language: string; kind?: string; transaction?: unknown; customer?: Customer }) =>
    // The page asks for the sale on the screen itself, where the clerk has chosen it.
    call<FormReply>('form', { use_current_transaction: false, ...body }),
  create: (request: TicketRequest) => call<Created>('create_ticket', request),
  act: (request: ActRequest) => call<{ event_id: string; ticket: Summary; slip?: Slip }>('act', request),
  find: (filters: Record<string, unknown>, signal?: AbortSignal) => call<TicketsReply>('find_tickets', filters, signal),
  ticket: (ref: { ticket_id?: string; code?: string }, signal?: AbortSignal) =>
    call<TillTicketReply>('ticket', ref, signal),
  unsent: (signal?: AbortSignal) => call<{ events: UnsentEvent[] }>('unsent', {}, signal),
  enrol: (code: string, clerk?: ClerkRef) => call<{ request_id: string }>('enrol', { code, clerk }),
  takeResult: <T>(requestId: string, signal?: AbortSignal) =>
    call<{ done: boolean; result?: T; error?: Problem }>('take_result', { request_id: requestId }, signal),
};

export interface PollOptions {
  signal?: AbortSignal;
  /** Between two questions. */
  everyMs?: number;
  /** After which the question is given up: the local answer stands. */
  timeoutMs?: number;
}

/**
 * Reads what the plugin fetched from the server for `requestId`. Undefined when nothing came in time, which is normal
 * without a network; a refusal by the server throws ApiError.
 */
export async function takeResult<T>(requestId: string, options: PollOptions = {}): Promise<T | undefined> {
  const every = options.everyMs ?? 400;
  const rounds = Math.ceil((options.timeoutMs ?? 20_000) / every);
  for (let round = 0; round < rounds; round += 1) {
    const reply = await till.takeResult<T>(requestId, options.signal);
    if (reply.error) throw new ApiError(502, [reply.error]);
    if (reply.done) return reply.result;
    await pause(every, options.signal);
  }
  return undefined;
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('aborted', 'AbortError'));
    }, { once: true });
  });
}
