import {
  IconAlarm, IconAlertTriangle, IconArchive, IconClockX, IconInbox, IconListDetails, IconPackage, IconShieldQuestion, IconUser, IconUserQuestion,
} from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { server } from '../../shared/api/server';
import { hrefOf, useLocation } from '../../shared/nav/hash';
import { queryFromFilters } from '../filters';
import { useDesk } from '../session';
import { filtersOfView, isView, viewIds, type ViewId } from '../views';
import { useWords } from '../words';

const refreshMs = 8000;
const icons: Record<ViewId, ReactNode> = {
  open: <IconInbox size={18} />, mine: <IconUser size={18} />, unassigned: <IconUserQuestion size={18} />, ready: <IconPackage size={18} />,
  overdue: <IconClockX size={18} />, soon: <IconAlarm size={18} />,
  pending: <IconShieldQuestion size={18} />, mismatch: <IconAlertTriangle size={18} />, closed: <IconArchive size={18} />, all: <IconListDetails size={18} />,
};

export function useViewFilters() {
  const { session, meta } = useDesk();
  const ready = meta.states.filter((state) => state.ready_to_collect).map((state) => state.id);
  return (view: ViewId) => filtersOfView(view, session.user.id, ready);
}

/** The view that the address says. */
export function useView(): ViewId {
  const view = useLocation().query.get('view');
  return isView(view) ? view : 'open';
}

export function ViewList() {
  const { t, language } = useWords();
  const { path } = useLocation();
  const current = useView();
  const filtersOf = useViewFilters();
  const counts = useQueries({
    queries: viewIds.map((view) => {
      const query = queryFromFilters(filtersOf(view));
      query.set('limit', '1');
      return {
        queryKey: ['count', query.toString()],
        queryFn: async ({ signal }: { signal: AbortSignal }) => (await server.tickets(query.toString(), signal)).count ?? null,
        refetchInterval: refreshMs,
      };
    }),
  });
  return (
    <nav className="views" aria-label={t('nav.views')}>
      {viewIds.map((view, index) => (
        <a
          key={view} href={hrefOf('/tickets', new URLSearchParams({ view }))}
          aria-current={path.startsWith('/tickets') || path === '/' ? (view === current ? 'page' : undefined) : undefined}
        >
          {icons[view]}
          <span>{t(`view.${view}`)}</span>
          <b className="tabular">{counts[index]?.data?.toLocaleString(language) ?? ''}</b>
        </a>
      ))}
    </nav>
  );
}
