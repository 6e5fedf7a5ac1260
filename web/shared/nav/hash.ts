// The address bar holds the view: #/path?query. A hash, because each screen is served as one static page.
import { useCallback, useMemo, useSyncExternalStore } from 'react';

export interface Location {
  path: string;
  query: URLSearchParams;
}

export function parseHash(hash: string): Location {
  const text = hash.replace(/^#/, '') || '/';
  const cut = text.indexOf('?');
  return cut < 0
    ? { path: text, query: new URLSearchParams() }
    : { path: text.slice(0, cut) || '/', query: new URLSearchParams(text.slice(cut + 1)) };
}

export function hrefOf(path: string, query?: URLSearchParams): string {
  const text = query?.toString();
  return `#${path}${text ? `?${text}` : ''}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function navigate(path: string, query?: URLSearchParams, replace = false): void {
  const href = hrefOf(path, query);
  if (href === window.location.hash) return;
  if (replace) {
    window.history.replaceState(null, '', href);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    window.location.hash = href;
  }
}

export function useLocation(): Location & { go: typeof navigate } {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const location = useMemo(() => parseHash(hash), [hash]);
  const go = useCallback(navigate, []);
  return { ...location, go };
}
