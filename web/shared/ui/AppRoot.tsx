// What every screen stands in: colours, words, and the cache of what the programs said.
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import './base.css';
import { MantineProvider, type MantineThemeOverride } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from '../api/http';
import { I18nProvider, type Catalogues } from '../i18n/i18n';

/** Refusals are final; only silence is asked again. */
function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The browser's own idea of being online is wrong for programs on this machine.
        networkMode: 'always',
        staleTime: 2000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.unreachable || error.status >= 500),
      },
      mutations: { networkMode: 'always' },
    },
  });
}

export function AppRoot({ theme, catalogues, children }: {
  theme: MantineThemeOverride;
  catalogues: Catalogues;
  children: ReactNode;
}) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={newQueryClient()}>
        <I18nProvider catalogues={catalogues}>{children}</I18nProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

export function mount(app: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(<StrictMode>{app}</StrictMode>);
}
