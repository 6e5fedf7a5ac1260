// A ticket that was escalated and has not been touched since: whoever sees it can say so.
import { Alert, Button, Group } from '@mantine/core';
import { IconStairsUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { server } from '../../shared/api/server';
import type { HistoryEvent, Ticket } from '../../shared/api/types';
import { ErrorNotice } from '../../shared/ui/notices';
import { useWords } from '../words';
import { useHistory, useRefresh } from './useTicket';

/** Whether a step of a ladder was taken after staff last did anything. */
export function awaitsAcknowledgement(events: HistoryEvent[]): boolean {
  const last = events.findLast((event) => event.type === 'escalated' || event.actor?.type === 'staff');
  return last?.type === 'escalated';
}

export function Escalated({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const { data: events } = useHistory(ticket.ticket_id);
  const acknowledge = useMutation({
    mutationFn: () => server.acknowledge(ticket.ticket_id, crypto.randomUUID()),
    onSettled: () => refresh(),
  });
  if (!events || !awaitsAcknowledgement(events)) return null;
  return (
    <Alert color="orange" icon={<IconStairsUp />} title={t('escalated.title')}>
      <Group justify="space-between" wrap="nowrap">
        <span>{t('escalated.hint')}</span>
        <Button color="orange" loading={acknowledge.isPending} onClick={() => acknowledge.mutate()}>{t('escalated.acknowledge')}</Button>
      </Group>
      {acknowledge.error ? <ErrorNotice error={acknowledge.error} /> : null}
    </Alert>
  );
}
