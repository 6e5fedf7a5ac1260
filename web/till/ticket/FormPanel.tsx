import { Alert, Button, Skeleton, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Ticket, TicketForm } from '../../shared/api/types';
import { SchemaForm } from '../../shared/form/SchemaForm';
import { formatCode } from '../../shared/format/code';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';
import { changesOf } from './changes';
import { useAct } from './useAct';
import { useEditForm } from './useEditForm';

/** Whether the time to change it without a reason is over; the plugin decides, this only asks in time. */
function isLate(createdAt: string, windowMinutes: number | undefined): boolean {
  return windowMinutes !== undefined && Date.now() - Date.parse(createdAt) > windowMinutes * 60_000;
}

/** Changing a ticket that was saved: the same form, and why, once the customer has left. */
export function FormPanel({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useWords();
  const { asked, before, data, setData, error } = useEditForm(ticket);
  const { act, busy, problems, failure } = useAct(ticket, onDone);
  const [reason, setReason] = useState('');
  const [unchanged, setUnchanged] = useState(false);
  const [sent, setSent] = useState<TicketForm>();
  const aboutReason = problems.find((problem) => problem.field === '/reason');
  const late = isLate(ticket.created_at, useBlankForm().data?.choices?.amend_window_minutes);
  const submit = (next: TicketForm) => {
    const changes = changesOf(before, next);
    setUnchanged(Object.keys(changes).length === 0);
    if (Object.keys(changes).length === 0) return;
    setSent(next);
    act('amend', { changes, ...(reason.trim() ? { reason: reason.trim() } : {}) });
  };
  const atFields = problems.filter((problem) => problem !== aboutReason)
    .map((problem) => ({ ...problem, field: problem.field?.replace(/^\/changes/, '') }));
  return (
    <Page
      title={t('ticket.amend')} aside={<span className="dim code">{formatCode(ticket.code)}</span>} onBack={onDone}
      primary={<Button size="xl" type="submit" form="amend" disabled={!asked} loading={busy}>{t('act.save')}</Button>}
    >
      {failure || error ? <ErrorNotice error={failure ?? error} /> : null}
      {unchanged && <Alert color="blue" role="status">{t('act.nothing_changed')}</Alert>}
      {(late || aboutReason) && (
        <TextInput
          label={t('act.reason')} description={t('act.reason_hint')} value={reason} autoComplete="off" required
          error={reason === '' ? aboutReason?.message : undefined} onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {asked ? (
        <SchemaForm<TicketForm>
          id="amend" density="touch" schema={asked.schema} uiSchema={asked.uiSchema} data={data} sent={sent}
          problems={atFields} onChange={setData} onSubmit={submit}
        />
      ) : <Skeleton height={420} />}
    </Page>
  );
}
