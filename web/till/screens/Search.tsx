import { Button, Skeleton } from '@mantine/core';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import { SchemaForm } from '../../shared/form/SchemaForm';
import { withoutEmpty } from '../../shared/form/request';
import { navigate, useLocation } from '../../shared/nav/hash';
import { useScanner } from '../../shared/scanner/useScanner';
import { EmptyState, ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { TicketRow } from '../ticket/TicketRow';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';
import { openScanned } from './open';
import { useSearch } from './useSearch';

type Filters = Record<string, unknown>;

export default function Search() {
  const { t } = useWords();
  const readyOnly = useLocation().query.has('ready');
  const [typed, setTyped] = useState<Filters>({});
  const [asked, setAsked] = useState<Filters>({});
  useScanner(openScanned);
  const form = useBlankForm();
  const found = useSearch(readyOnly ? { ...asked, ready: true } : asked);
  const tickets = readyOnly ? found.tickets.filter((ticket) => ticket.ready_to_collect) : found.tickets;
  const filters = form.data?.filters;
  const clear = () => {
    setTyped({});
    setAsked({});
    if (readyOnly) navigate('/search');
  };
  return (
    <Page
      title={readyOnly ? t('search.ready') : t('search.title')}
      aside={<span className="dim" aria-live="polite">{t(`search.${found.from}`)}</span>}
      onBack={() => navigate('/')}
      secondary={<Button size="xl" variant="default" onClick={clear}>{t('search.clear')}</Button>}
      primary={<Button size="xl" type="submit" form="filters" leftSection={<IconSearch size={22} />}>{t('search.submit')}</Button>}
    >
      <div className="search">
        <aside>
          {filters ? (
            <SchemaForm<Filters>
              id="filters" layout="plain" density="touch" schema={filters.schema} uiSchema={filters.ui_schema} data={typed}
              onChange={setTyped} onSubmit={(data) => setAsked(withoutEmpty(data) as Filters)}
            />
          ) : form.error ? <ErrorNotice error={form.error} /> : <Skeleton height={320} />}
        </aside>
        <div className="rows">
          {found.error ? <ErrorNotice error={found.error} retry={found.refetch} /> : null}
          {found.loading && [1, 2, 3].map((n) => <Skeleton key={n} height={104} />)}
          {!found.loading && !found.error && tickets.length === 0 && (
            <EmptyState icon={<IconSearchOff size={44} stroke={1.4} />} title={t('search.empty')}>{t('search.empty_hint')}</EmptyState>
          )}
          {tickets.length > 0 && <p className="dim">{t('search.found', { n: tickets.length })}</p>}
          {tickets.map((ticket) => <TicketRow key={ticket.ticket_id} ticket={ticket} />)}
        </div>
      </div>
    </Page>
  );
}
