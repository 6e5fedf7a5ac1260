import { Alert, Button, Loader, Skeleton } from '@mantine/core';
import {
  IconAlertTriangle, IconCircleCheck, IconEdit, IconEyeOff, IconMessage, IconPackageExport, IconPackageImport, IconTicketOff, IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Ticket } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { hrefOf, navigate, useLocation } from '../../shared/nav/hash';
import { useScanner } from '../../shared/scanner/useScanner';
import { EmptyState, ErrorNotice } from '../../shared/ui/notices';
import { Pill, StatePill } from '../../shared/ui/StatePill';
import { Page } from '../frame/Page';
import { openScanned } from '../screens/open';
import { useWords } from '../words';
import { ActPanel } from './ActPanel';
import { acts, type Act } from './actFields';
import { CorrectPanel } from './CorrectPanel';
import { FormPanel } from './FormPanel';
import { History } from './History';
import { TicketFacts } from './TicketFacts';
import { useTicket, type KnownTicket } from './useTicket';

export default function TicketPage({ code }: { code: string }) {
  const { t } = useWords();
  const { query } = useLocation();
  const known = useTicket(code);
  const doing = query.get('do');
  useScanner((text) => {
    if (!doing) openScanned(text);
  });
  const path = `/ticket/${code}`;
  const done = () => navigate(path, undefined, true);
  const { ticket } = known;

  if (ticket && doing) {
    const panel = { ticket, onDone: done };
    if (doing === 'amend') return <FormPanel {...panel} />;
    if (doing === 'correct') return <CorrectPanel {...panel} />;
    if ((acts as readonly string[]).includes(doing)) return <ActPanel key={doing} {...panel} act={doing as Act} />;
  }
  return (
    <Page
      title={formatCode(code)} onBack={() => navigate('/')} backLabel={t('nav.home')}
      aside={ticket && (
        <span className="ticket-aside">
          {known.asking && <Loader size="sm" aria-label={t('ticket.asking')} />}
          {ticket.withdrawn ? <Pill color="gray" label={t('ticket.withdrawn')} /> : <StatePill state={ticket.state} />}
          {ticket.delivery && <Pill color={ticket.delivery === 'quarantined' ? 'red' : 'gray'} label={t(`delivery.${ticket.delivery}`)} />}
        </span>
      )}
      primary={ticket && <Primary known={known} ticket={ticket} path={path} />}
    >
      {known.error ? <ErrorNotice error={known.error} /> : null}
      {known.loading && !ticket && <div className="form-skeleton"><Skeleton height={360} /><Skeleton height={300} /></div>}
      {!known.loading && !ticket && !known.error && (
        <EmptyState icon={<IconTicketOff size={44} stroke={1.4} />} title={t('ticket.not_found')}>{t('search.empty_hint')}</EmptyState>
      )}
      {ticket && (
        <>
          <Notes ticket={ticket} />
          <div className="ticket">
            <TicketFacts ticket={ticket} />
            <div>
              <Actions ticket={ticket} path={path} possible={known.actions} />
              <History events={known.history} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

function Primary({ known, ticket, path }: { known: KnownTicket; ticket: Ticket; path: string }) {
  const { t } = useWords();
  const refused = known.history.filter((event) => (event.state ?? event.delivery) === 'quarantined');
  if (refused.length > 0 && refused.every((event) => event.type !== 'created')) {
    return <Button size="xl" component="a" href={hrefOf('/unsent')}>{t('ticket.to_refused')}</Button>;
  }
  const quarantined = ticket.delivery === 'quarantined';
  if (!quarantined && !ticket.ready_to_collect) return null;
  if (!quarantined && known.actions && !known.actions.includes('hand_over')) return null;
  const what = quarantined ? 'correct' : 'hand_over';
  return <Button size="xl" component="a" href={hrefOf(path, new URLSearchParams({ do: what }))}>{t(`ticket.${what}`)}</Button>;
}

function Notes({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  return (
    <>
      {ticket.delivery === 'quarantined' && (
        <Alert color="red" icon={<IconAlertTriangle />} title={t('ticket.quarantined')} role="alert">
          {ticket.problem?.message} {t('ticket.quarantined_hint')}
        </Alert>
      )}
      {ticket.confidential && <Alert color="grape" icon={<IconEyeOff />}>{t('common.confidential')}</Alert>}
    </>
  );
}

const icons: Record<string, ReactNode> = {
  comment: <IconMessage />, receive_goods: <IconPackageImport />, hand_over: <IconPackageExport />, settle: <IconCircleCheck />,
  amend: <IconEdit />, withdraw: <IconTrash />,
};

/** What can be done when nobody has said so: the till program is older. */
function usual(ticket: Ticket): string[] {
  if (ticket.withdrawn || ['closed', 'invalid'].includes(ticket.state.type)) return ['comment'];
  return ['comment', 'receive_goods', ...(ticket.ready_to_collect ? ['hand_over'] : []), 'amend', 'withdraw'];
}

function Actions({ ticket, path, possible }: { ticket: Ticket; path: string; possible?: string[] }) {
  const { t } = useWords();
  const offered = (possible ?? usual(ticket)).filter((what) => what in icons);
  return (
    <div className="actions">
      {offered.map((what) => (
        <Button
          key={what} variant="default" component="a" leftSection={icons[what]} justify="flex-start"
          href={hrefOf(path, new URLSearchParams({ do: what }))}
        >
          {t(`ticket.${what}` as 'ticket.amend')}
        </Button>
      ))}
    </div>
  );
}
