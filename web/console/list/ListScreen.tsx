import { Button, Skeleton } from '@mantine/core';
import { IconMoodEmpty } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { server } from '../../shared/api/server';
import type { Ticket } from '../../shared/api/types';
import { navigate, useLocation } from '../../shared/nav/hash';
import { EmptyState, ErrorNotice } from '../../shared/ui/notices';
import { countOf, filtersFromQuery, queryFromFilters, type Filters } from '../filters';
import { useKeys } from '../frame/useKeys';
import { useView, useViewFilters } from '../frame/ViewList';
import { Peek } from '../ticket/Peek';
import { combined } from '../views';
import { useWords } from '../words';
import { FilterBar } from './FilterBar';
import { TicketTable } from './TicketTable';

const pageSize = 50;
const refreshMs = 5000;

function useTickets(filters: Filters) {
  const query = queryFromFilters({ ...filters, sort: filters.sort ?? '-created_at' });
  query.set('limit', String(pageSize));
  return useInfiniteQuery({
    queryKey: ['tickets', query.toString()],
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(query);
      if (pageParam) page.set('cursor', pageParam);
      return server.tickets(page.toString(), signal);
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
}

export function ListScreen() {
  const { t } = useWords();
  const { query } = useLocation();
  const view = useView();
  const filtersOf = useViewFilters();
  const own = useMemo(() => filtersFromQuery(query), [query]);
  const list = useTickets(combined(filtersOf(view), own));
  const tickets = useMemo(() => list.data?.pages.flatMap((page) => page.tickets) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const selected = query.get('at') ?? undefined;

  const show = useCallback((filters: Filters, at?: string) => {
    const next = new URLSearchParams({ view });
    for (const [key, value] of queryFromFilters(filters)) next.append(key, value);
    if (at) next.set('at', at);
    navigate('/tickets', next, at !== undefined);
  }, [view]);
  const select = (ticket: Ticket | undefined) => show(own, ticket?.code ?? '');
  const move = (by: number) => {
    const index = tickets.findIndex((ticket) => ticket.code === selected);
    const next = tickets[Math.min(tickets.length - 1, Math.max(0, index + by))];
    if (next) select(next);
  };
  useKeys({
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    Enter: () => selected && navigate(`/tickets/${selected}`),
    Escape: () => select(undefined),
    '/': () => document.getElementById('search')?.focus(),
  });
  useEffect(() => {
    if (selected) document.getElementById(`row-${selected}`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const open = (ticket: Ticket) => navigate(`/tickets/${ticket.code}`);
  return (
    <div className={selected ? 'list with-peek' : 'list'}>
      <div className="list-main">
        <FilterBar
          title={t(`view.${view}`)} filters={own} count={first?.count} busy={list.isPlaceholderData}
          onChange={(filters) => show(filters)} onJump={(code) => navigate(`/tickets/${code}`)}
        />
        <div className="list-body">
          {list.error && !list.data ? <div className="pad"><ErrorNotice error={list.error} retry={() => void list.refetch()} /></div> : null}
          {first?.matches && first.matches.length > 1 && (
            <p className="matches">{t('list.matches', { names: first.matches.map((match) => match.name ?? match.id).join(', ') })}</p>
          )}
          {list.isPending && !list.error && <div className="pad">{[...Array(9).keys()].map((row) => <Skeleton key={row} height={46} mb={10} />)}</div>}
          {list.data && tickets.length === 0 && (
            <EmptyState icon={<IconMoodEmpty size={40} stroke={1.4} />} title={countOf(own) > 0 ? t('list.empty_filtered') : t('list.empty')}>
              {countOf(own) > 0
                ? <><p>{t('list.empty_filtered_hint')}</p><Button variant="light" onClick={() => show({ sort: own.sort })}>{t('filter.clear')}</Button></>
                : t('list.empty_hint')}
            </EmptyState>
          )}
          {tickets.length > 0 && <TicketTable tickets={tickets} selected={selected} onSelect={select} onOpen={open} narrow={selected !== undefined} />}
          {list.hasNextPage && (
            <div className="more"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('list.more')}</Button></div>
          )}
        </div>
      </div>
      {selected && <Peek key={selected} code={selected} onClose={() => select(undefined)} />}
    </div>
  );
}
