import { Alert, Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconTicketOff } from '@tabler/icons-react';
import { ApiError } from '../../shared/api/http';
import { formatCode } from '../../shared/format/code';
import { navigate } from '../../shared/nav/hash';
import { EmptyState, ErrorNotice } from '../../shared/ui/notices';
import { useKeys } from '../frame/useKeys';
import { useWords } from '../words';
import { Actions } from './Actions';
import { DeadlineFacts } from './DeadlineFacts';
import { Escalated } from './Escalated';
import { Facts } from './Facts';
import { reportedAt } from './facts';
import { Heading } from './Heading';
import { LinkedTickets } from './LinkedTickets';
import { Messages } from './Messages';
import { Purchase } from './Purchase';
import { Timeline } from './Timeline';
import { useTicket } from './useTicket';
import { Verification } from './Verification';

/** Back to the list as it was left: with its filters and its place. */
function back(): void {
  if (window.history.length > 1) window.history.back();
  else navigate('/tickets');
}

export default function TicketScreen({ code }: { code: string }) {
  const { t } = useWords();
  const { data: ticket, error, refetch } = useTicket(code);
  useKeys({ Escape: back, c: () => document.getElementById('comment')?.focus() });
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <div className="ticket-screen">
      <div className="screen-bar">
        <Button variant="subtle" size="compact-md" leftSection={<IconArrowLeft size={17} />} onClick={back}>{t('ticket.back')}</Button>
      </div>
      {missing && <EmptyState icon={<IconTicketOff size={40} stroke={1.4} />} title={t('ticket.not_found')} />}
      {error && !missing && !ticket ? <div className="pad"><ErrorNotice error={error} retry={() => void refetch()} /></div> : null}
      {!ticket && !error && <div className="pad"><Skeleton height={80} mb="md" /><Skeleton height={420} /></div>}
      {ticket && (
        <div className="ticket-columns">
          <main>
            {ticket.redirected_from && <Alert color="yellow">{t('links.redirected', { code: formatCode(ticket.redirected_from) })}</Alert>}
            <Heading ticket={ticket} />
            <Escalated ticket={ticket} />
            <Actions ticket={ticket} />
            <p className="matter">{ticket.details}</p>
            <Purchase ticket={ticket} />
            <Verification ticket={ticket} />
            <Messages id={ticket.ticket_id} store={reportedAt(ticket)} />
          </main>
          <Timeline id={ticket.ticket_id} store={reportedAt(ticket)} />
          <aside><DeadlineFacts ticket={ticket} /><LinkedTickets ticket={ticket} /><Facts ticket={ticket} /></aside>
        </div>
      )}
    </div>
  );
}
