import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { server } from '../../shared/api/server';

const refreshMs = 5000;

export function useTicket(code: string) {
  return useQuery({ queryKey: ['ticket', code], queryFn: () => server.ticket(code), refetchInterval: refreshMs });
}

export function useHistory(id: string | undefined) {
  return useQuery({ queryKey: ['history', id], queryFn: () => server.history(id ?? ''), enabled: id !== undefined, refetchInterval: refreshMs });
}

export function useNotifications(id: string | undefined) {
  return useQuery({ queryKey: ['notifications', id], queryFn: () => server.notifications(id ?? ''), enabled: id !== undefined, refetchInterval: refreshMs });
}

/** After a change of one's own: everything that may show it is asked again. */
export function useRefresh() {
  const client = useQueryClient();
  return useCallback(
    () => Promise.all(['ticket', 'history', 'notifications', 'tickets', 'count'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
    [client],
  );
}
