import { Button, Skeleton } from '@mantine/core';
import { IconCloudCheck, IconMessagePlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { till } from '../../shared/api/till';
import type { PluginStatus, UnsentEvent } from '../../shared/api/types';
import { relativeTime } from '../../shared/format/time';
import { hrefOf, navigate, useLocation } from '../../shared/nav/hash';
import { useScanner } from '../../shared/scanner/useScanner';
import { Code } from '../../shared/ui/Code';
import { EmptyState, ErrorNotice } from '../../shared/ui/notices';
import { Pill } from '../../shared/ui/StatePill';
import { Page } from '../frame/Page';
import { isCorrectable } from '../ticket/CorrectPanel';
import { useTill } from '../useTill';
import { useWords } from '../words';
import { openScanned } from './open';
import { WithdrawEvent } from './WithdrawEvent';

export default function Unsent() {
  const { t } = useWords();
  const { state } = useTill();
  const { data, error, refetch } = useQuery({ queryKey: ['unsent'], queryFn: ({ signal }) => till.unsent(signal), refetchInterval: 3000 });
  const { query } = useLocation();
  useScanner(openScanned);
  const takenBack = data?.events.find((event) => event.event_id === query.get('withdraw'));
  if (takenBack) return <WithdrawEvent event={takenBack} onDone={() => navigate('/unsent', undefined, true)} />;
  return (
    <Page
      title={t('unsent.title')} onBack={() => navigate('/')}
      primary={<Button size="xl" component="a" href={hrefOf('/add')} leftSection={<IconMessagePlus size={22} />}>{t('nav.add')}</Button>}
    >
      <Contact status={state.status} />
      <div className="rows">
        {error ? <ErrorNotice error={error} retry={() => void refetch()} /> : null}
        {!data && !error && <Skeleton height={90} />}
        {data?.events.length === 0 && (
          <EmptyState icon={<IconCloudCheck size={44} stroke={1.4} />} title={t('unsent.empty')}>{t('unsent.empty_hint')}</EmptyState>
        )}
        {data?.events.map((event) => <EventRow key={event.event_id} event={event} />)}
      </div>
    </Page>
  );
}

function Contact({ status }: { status: PluginStatus }) {
  const { t, language } = useWords();
  const parts = [
    status.paused_reason,
    status.last_sync_at ? t('unsent.last', { time: relativeTime(status.last_sync_at, language) }) : t('unsent.never'),
    status.oldest_unsent_at && t('unsent.oldest', { time: relativeTime(status.oldest_unsent_at, language) }),
    status.queue_depth > 0 && status.next_attempt_in_ms
      ? t('unsent.next', { n: Math.ceil(status.next_attempt_in_ms / 1000) }) : undefined,
  ];
  return <p className="dim">{parts.filter(Boolean).join(' · ')}</p>;
}

function EventRow({ event }: { event: UnsentEvent }) {
  const { t, language, word } = useWords();
  const quarantined = event.state === 'quarantined';
  const ticket = `/ticket/${event.code}`;
  const said = (
    <>
      <span className="row-top">
        <Code code={event.code} />
        <span>{word(`event.${event.type}`, event.type)}</span>
        <Pill color={quarantined ? 'red' : 'gray'} label={quarantined ? t('unsent.quarantined') : t('unsent.waiting')} />
        <time className="dim" dateTime={event.created_at}>{relativeTime(event.created_at, language)}</time>
      </span>
      {event.problem && <span className="row-text">{event.problem.message}</span>}
    </>
  );
  if (!quarantined) return <a className="row" href={hrefOf(ticket)}>{said}</a>;
  return (
    <article className="row refused">
      <a href={hrefOf(ticket)}>{said}</a>
      <Button variant="default" component="a" href={hrefOf('/unsent', new URLSearchParams({ withdraw: event.event_id }))}>{t('ticket.withdraw')}</Button>
      {isCorrectable(event) && <Button component="a" href={hrefOf(ticket, new URLSearchParams({ do: 'correct' }))}>{t('ticket.correct')}</Button>}
    </article>
  );
}
