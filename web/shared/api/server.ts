// The central server, same origin as the console. Unsafe methods carry the session's CSRF token.
import { send } from './http';
import type { FormReply, HistoryEvent, Meta, Money, Notification, Session, Ticket, TicketPage, TicketRequest, User } from './types';

const base = '/api/v1';
let csrf = '';

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send<T>('GET', base + path, { signal })).data;
}

async function change<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  return (await send<T>(method, base + path, { body, headers: { 'X-CSRF-Token': csrf, ...headers } })).data;
}

export interface ActionRequest {
  action: string;
  note?: string;
  resolution_code?: string;
  reason?: string;
  assignee?: string;
  department?: string;
  remedy?: { kind: string; amount?: Money };
  attachment?: string;
}

export type LinkKind = 'parent' | 'related';

export interface MergeRequest {
  into: string;
  note: string;
  accept_other_customer?: boolean;
  accept_later_deadline?: boolean;
}

/** Done once, and only to the ticket as it was read. */
const onceTo = (ticket: Ticket, key: string): Record<string, string> => ({
  'Idempotency-Key': key,
  ...(ticket.version === undefined ? {} : { 'If-Match': `"${ticket.version}"` }),
});

export const server = {
  signIn: async (user: string, password: string): Promise<Session> => {
    const session = (await send<Session>('POST', `${base}/session`, { body: { user, password } })).data;
    csrf = session.csrf;
    return session;
  },
  session: async (): Promise<Session> => {
    const session = await get<Session>('/session');
    csrf = session.csrf;
    return session;
  },
  acceptInvitation: async (wish: { token: string; name: string; password: string }) =>
    (await send<{ user: { login: string; name: string } }>('POST', `${base}/invitations/accept`, { body: wish })).data,
  signOut: () => change<void>('DELETE', '/session'),
  meta: () => get<Meta>('/meta'),
  form: (language: string) => get<FormReply>(`/form?screen=console&language=${encodeURIComponent(language)}`),
  tickets: (query: string, signal?: AbortSignal) => get<TicketPage>(`/tickets?${query}`, signal),
  ticket: async (ref: string): Promise<Ticket> => {
    const { ticket, redirected_from } = await get<{ ticket: Ticket; redirected_from?: string }>(`/tickets/${encodeURIComponent(ref)}`);
    return { ...ticket, redirected_from };
  },
  history: async (id: string) => (await get<{ events: HistoryEvent[] }>(`/tickets/${id}/history`)).events,
  notifications: async (id: string): Promise<Notification[]> => {
    const reply = await get<Notification[] | { notifications: Notification[] }>(`/tickets/${id}/notifications`);
    return Array.isArray(reply) ? reply : reply.notifications;
  },
  users: async (department?: string): Promise<User[]> => {
    const reply = await get<User[] | { users: User[] }>(
      `/users${department ? `?department=${encodeURIComponent(department)}` : ''}`);
    return Array.isArray(reply) ? reply : reply.users;
  },
  create: async (request: TicketRequest, key: string) =>
    (await change<{ ticket: Ticket }>('POST', '/tickets', request, { 'Idempotency-Key': key })).ticket,
  act: async (ticket: Ticket, request: ActionRequest, key: string) =>
    (await change<{ ticket: Ticket }>('POST', `/tickets/${ticket.ticket_id}/actions`, request, onceTo(ticket, key))).ticket,
  link: (ticket: Ticket, request: { kind: LinkKind; ticket: string }, key: string) =>
    change<unknown>('POST', `/tickets/${ticket.ticket_id}/links`, request, onceTo(ticket, key)),
  unlink: (ticket: Ticket, kind: LinkKind, other: string, key: string) =>
    change<unknown>('DELETE', `/tickets/${ticket.ticket_id}/links/${kind}/${other}`, undefined, onceTo(ticket, key)),
  merge: (ticket: Ticket, request: MergeRequest, key: string) =>
    change<unknown>('POST', `/tickets/${ticket.ticket_id}/merge`, request, onceTo(ticket, key)),
  undoMerge: (ticket: Ticket, note: string, key: string) =>
    change<unknown>('POST', `/tickets/${ticket.ticket_id}/merge/undo`, { note }, onceTo(ticket, key)),
  acknowledge: (id: string, key: string) =>
    change<unknown>('POST', `/tickets/${id}/acknowledgements`, {}, { 'Idempotency-Key': key }),
  comment: (id: string, text: string, visibility: 'public' | 'internal', key: string) =>
    change<unknown>('POST', `/tickets/${id}/comments`, { text, visibility }, { 'Idempotency-Key': key }),
};
