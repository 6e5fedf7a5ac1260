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
  /** Signs a persona in; the answer is a one-time address of the console (or the clerk at the till, without one). */
  persona: (id: string) => post<{ url?: string; login_url?: string; link?: string }>('/persona', { id }),
};
