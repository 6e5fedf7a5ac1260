// The till's state as its program reports it, followed live and asked again every few seconds.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { till } from '../shared/api/till';
import type { TillState } from '../shared/api/types';

const askEveryMs = 2500;

export function useTillState() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['state'],
    queryFn: ({ signal }) => till.state(signal),
    refetchInterval: askEveryMs,
    retry: false,
  });
  useEffect(() => {
    const events = till.events();
    events.onmessage = () => {
      void client.invalidateQueries({ queryKey: ['state'] });
      void client.invalidateQueries({ queryKey: ['ticket'] });
      void client.invalidateQueries({ queryKey: ['unsent'] });
    };
    return () => events.close();
  }, [client]);
  return query;
}

export interface Till {
  state: TillState;
  /** The till's program does not answer; what is shown is the last that was known. */
  dead: boolean;
}

export const TillContext = createContext<Till | undefined>(undefined);

export function useTill(): Till {
  const value = useContext(TillContext);
  if (!value) throw new Error('useTill outside of the till');
  return value;
}
