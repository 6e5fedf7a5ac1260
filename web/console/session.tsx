import { useQuery, useQueryClient, type QueryFilters } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import { ApiError } from '../shared/api/http';
import { server } from '../shared/api/server';
import type { Meta, Named, Session, Text } from '../shared/api/types';
import { useWords } from './words';

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async (): Promise<Session | null> => {
      try {
        return await server.session();
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSetSession() {
  const client = useQueryClient();
  return (session: Session | null) => {
    const before = client.getQueryData<Session | null>(['session']);
    // What one person has seen is nothing for the next.
    const work: QueryFilters = { predicate: ({ queryKey }) => queryKey[0] !== 'session' };
    if (before?.user.id !== session?.user.id) client.removeQueries(work);
    client.setQueryData(['session'], session);
    if (session) void client.invalidateQueries(work);
  };
}

/** Whether the server has stopped knowing who signed in at `since`, as any of its answers may tell; 0 is nobody. */
export function useHasEnded(since: number): boolean {
  const client = useQueryClient();
  const [ended, setEnded] = useState(0);
  useEffect(() => {
    if (since === 0) return undefined;
    const look = (error: unknown) => {
      if (error instanceof ApiError && error.code === 'not_signed_in') setEnded(since);
    };
    const queries = client.getQueryCache().subscribe((event) => event.type === 'updated' && event.action.type === 'error' && look(event.action.error));
    const changes = client.getMutationCache().subscribe((event) => event.type === 'updated' && event.action.type === 'error' && look(event.action.error));
    return () => {
      queries();
      changes();
    };
  }, [client, since]);
  return since !== 0 && ended === since;
}

export interface Desk {
  session: Session;
  meta: Meta;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk outside of the console');
  return desk;
}

/** The zone of a store's clock, where the server tells it. */
export function useZone(store: string | undefined): string | undefined {
  return useDesk().meta.stores.find(({ id }) => id === store)?.time_zone;
}

type Lists = 'departments' | 'priorities' | 'categories' | 'states' | 'stores' | 'resolution_codes' | 'rejection_reasons' | 'fields';

/** The chain's names for ids. An id that the settings do not know any more names itself. */
export function useNames() {
  const { meta } = useDesk();
  const { text } = useWords();
  const nameOf = (item: Named): Text => item.label ?? item.name ?? item.id;
  return {
    name: (list: Lists, id: string | undefined | null): string => {
      if (!id) return '';
      const found = (meta[list] ?? []).find((item) => item.id === id);
      return found ? text(nameOf(found)) || id : id;
    },
    options: (list: Lists) =>
      (meta[list] ?? []).filter((item) => !item.retired).map((item) => ({ value: item.id, label: text(nameOf(item)) || item.id })),
  };
}
