import { useQuery } from '@tanstack/react-query';
import { takeResult, till } from '../../shared/api/till';
import type { Summary, TicketsReply } from '../../shared/api/types';

export interface Found {
  tickets: Summary[];
  /** Whose answer this is: the till's own at once, then the server's. */
  from: 'local' | 'server' | 'offline';
  loading: boolean;
  error: unknown;
  refetch: () => void;
}

/** The till's own tickets at once; the server's, when it answers, take their place and come first in doubt. */
export function useSearch(filters: Record<string, unknown>): Found {
  const local = useQuery({
    queryKey: ['find', filters],
    queryFn: ({ signal }) => till.find(filters, signal),
    staleTime: 0,
    retry: false,
  });
  const requestId = local.data?.request_id;
  const remote = useQuery({
    queryKey: ['find-result', requestId],
    enabled: requestId !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await takeResult<TicketsReply>(requestId ?? '', { signal })) ?? null,
  });
  const ours = local.data?.tickets ?? [];
  const theirs = remote.data?.tickets;
  return {
    tickets: theirs ? merge(ours, theirs) : ours,
    from: theirs ? 'server' : requestId !== undefined && remote.isPending ? 'local' : 'offline',
    loading: local.isPending,
    error: local.error,
    refetch: () => void local.refetch(),
  };
}

/** By ticket: what the server knows is newer, but what is unsent here exists here alone. */
export function merge(ours: Summary[], theirs: Summary[]): Summary[] {
  const known = new Set(theirs.map((ticket) => ticket.ticket_id));
  const all = [...ours.filter((ticket) => !known.has(ticket.ticket_id)), ...theirs];
  return all.sort((a, b) => b.created_at.localeCompare(a.created_at));
}
