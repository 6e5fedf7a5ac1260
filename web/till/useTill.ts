// The till's state as its program reports it, asked again all the time.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { till } from '../shared/api/till';
import type { TillState } from '../shared/api/types';

const askEveryMs = 1500;

export function useTillState() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['state'],
    queryFn: ({ signal }) => till.state(signal),
    refetchInterval: askEveryMs,
    retry: false,
  });
  // Events go to whoever asks first; what waits in the queue is seen by everybody.
  const changed = `${query.data?.status.queue_depth} ${query.data?.status.quarantined} ${query.data?.ready_to_collect}`;
  const told = query.data?.events.length ? query.dataUpdatedAt : 0;
  useEffect(() => {
    for (const key of ['ticket', 'unsent', 'find']) void client.invalidateQueries({ queryKey: [key] });
  }, [changed, client, told]);
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
