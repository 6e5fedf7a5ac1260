// The demo's own program, which starts and stops the real ones.
import { send } from './http';
import type { TourState } from './types';

const base = '/tour/api';

async function post<T = unknown>(path: string, body: unknown = {}): Promise<T> {
  return (await send<T>('POST', base + path, { body })).data;
}

export const tour = {
  state: async (signal?: AbortSignal) => (await send<TourState>('GET', `${base}/state`, { signal })).data,
  network: (up: boolean) => post('/network', { up }),
  killTill: () => post('/kill-till'),
  startTill: () => post('/start-till'),
  reset: () => post('/reset'),
  /** Becomes somebody: the answer sets the console's session cookie, which knows hosts and not ports. */
  persona: (id: string) => post<{ console_url: string }>('/persona', { id }),
};
