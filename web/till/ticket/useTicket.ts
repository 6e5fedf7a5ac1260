import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiError } from '../../shared/api/http';
import { takeResult, till } from '../../shared/api/till';
import type { HistoryEvent, Ticket, TillTicketReply } from '../../shared/api/types';

export interface KnownTicket {
  ticket?: Ticket;
  history: HistoryEvent[];
  /** What can be done to it; nothing, when nobody has said so. */
  actions?: string[];
  /** The server is still being asked. */
  asking: boolean;
  fromServer: boolean;
  loading: boolean;
  error: unknown;
}

/** What the till knows of a ticket, completed by the server's answer when it comes. */
export function useTicket(code: string): KnownTicket {
  const local = useQuery({
    queryKey: ['ticket', code],
    queryFn: async ({ signal }): Promise<TillTicketReply> => {
      try {
        return await till.ticket({ code }, signal);
      } catch (error) {
        // Not known here and nobody to ask: an answer, not a failure.
        if (error instanceof ApiError && error.status === 404) return {};
        throw error;
      }
    },
    // Each of these asks the server too: again only when the till says that something happened.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const remote = useQuery({
    queryKey: ['ticket-result', local.data?.request_id],
    enabled: local.data?.request_id !== undefined,
    queryFn: async ({ signal }) => (await takeResult<TillTicketReply>(local.data?.request_id ?? '', { signal, timeoutMs: 8000 })) ?? null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const ours = local.data?.ticket;
  const theirs = remote.data?.ticket;
  const mine = local.data?.history ?? [];
  const server = remote.data?.history ?? [];
  return {
    // What was written at this till is complete; the server's copy is masked, but where it stands is newer.
    ticket: ours && theirs ? { ...theirs, ...ours, state: theirs.state, ready_to_collect: theirs.ready_to_collect, answer_by: theirs.answer_by ?? ours.answer_by } : (ours ?? theirs),
    history: mergeHistory(mine, server),
    // Both know of what was done here; the server's answer also of what others did.
    actions: (remote.isPlaceholderData ? local.data?.actions : undefined) ?? remote.data?.actions ?? local.data?.actions,
    asking: remote.isFetching,
    fromServer: Boolean(theirs),
    loading: local.isPending || (!ours && remote.isFetching),
    error: local.error,
  };
}

function mergeHistory(mine: HistoryEvent[], server: HistoryEvent[]): HistoryEvent[] {
  const known = new Set(mine.map((event) => event.event_id));
  return [...mine, ...server.filter((event) => !event.event_id || !known.has(event.event_id))]
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
}

export function timeOf(event: HistoryEvent): string {
  return event.at ?? event.created_at ?? '';
}
