import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconArrowsMaximize, IconX } from '@tabler/icons-react';
import { hrefOf } from '../../shared/nav/hash';
import { ErrorNotice } from '../../shared/ui/notices';
import { useWords } from '../words';
import { Actions } from './Actions';
import { DeadlineFacts } from './DeadlineFacts';
import { Facts } from './Facts';
import { Heading } from './Heading';
import { useTicket } from './useTicket';

/** The ticket beside the list: enough to decide and act. */
export function Peek({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useWords();
  const { data: ticket, error, refetch } = useTicket(code);
  return (
    <aside className="peek">
      <div className="peek-bar">
        <Button component="a" size="compact-sm" variant="subtle" href={hrefOf(`/tickets/${code}`)} leftSection={<IconArrowsMaximize size={16} />}>{t('ticket.open_page')}</Button>
        <ActionIcon variant="subtle" color="gray" aria-label={t('ticket.close_peek')} onClick={onClose}><IconX size={18} /></ActionIcon>
      </div>
      {error ? <ErrorNotice error={error} retry={() => void refetch()} /> : null}
      {!ticket && !error && <Skeleton height={300} />}
      {ticket && (
        <>
          <Heading ticket={ticket} />
          <Actions ticket={ticket} />
          <p className="matter">{ticket.details}</p>
          <DeadlineFacts ticket={ticket} />
          <Facts ticket={ticket} />
        </>
      )}
    </aside>
  );
}
