import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
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
    if (session === null) client.clear();
    client.setQueryData(['session'], session);
  };
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
