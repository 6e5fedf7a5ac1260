import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { I18nProvider, type Catalogues } from '../shared/i18n/i18n';

export function show(app: ReactNode, catalogues: Catalogues) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } } });
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <I18nProvider catalogues={catalogues}>{app}</I18nProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

interface Reply {
  status: number;
  body?: unknown;
}

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

export type Program = (method: string, url: URL, body: unknown) => Reply;

/** Lets fetch reach an invented program; gives the list of what was asked. */
export function answerWith(handle: Program): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://till.test');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    calls.push({ method, path: url.pathname, query: url.searchParams, headers: new Headers(init.headers), body });
    const reply = handle(method, url, body);
    return new Response(reply.body === undefined ? null : JSON.stringify(reply.body), { status: reply.status });
  });
  return calls;
}
