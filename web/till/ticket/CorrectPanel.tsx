import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { till } from '../../shared/api/till';
import type { Problem, Ticket, TicketForm, UnsentEvent } from '../../shared/api/types';
import { withoutEmpty } from '../../shared/form/request';
import { SchemaForm } from '../../shared/form/SchemaForm';
import { formatCode } from '../../shared/format/code';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useWords } from '../words';
import { useAct } from './useAct';
import { useEditForm } from './useEditForm';

/** The server names fields of the event it got; what the form edits lies in that event's body. */
export function fieldOfForm(problem: Problem): Problem {
  return { ...problem, field: problem.field?.replace(/^\/body(?=\/)/, '') };
}

/** The form edits what created the ticket; another event that was refused is taken back and done again. */
export const isCorrectable = (event: UnsentEvent) => event.state === 'quarantined' && event.type === 'created';

/** A ticket that the server could not take: its reason stands at the field, everything typed is still there. */
export function CorrectPanel({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useWords();
  const { asked, before, data, setData, error } = useEditForm(ticket);
  const { act, busy, problems, failure } = useAct(ticket, onDone);
  const unsent = useQuery({ queryKey: ['unsent'], queryFn: ({ signal }) => till.unsent(signal) });
  const rejected = unsent.data?.events.find((event) => event.ticket_id === ticket.ticket_id && isCorrectable(event));
  const reason = rejected?.problem ?? ticket.problem;
  const shown = useMemo(
    () => (problems.length > 0 ? problems : reason ? [reason] : []).map(fieldOfForm),
    [problems, reason],
  );
  const submit = (next: TicketForm) => {
    if (!rejected) return;
    const { ticket: fields, complainant, proof } = next;
    act('correct', { event_id: rejected.event_id, ...(withoutEmpty({ ticket: fields, complainant, proof }) as object) });
  };
  return (
    <Page
      title={t('ticket.correct')} aside={<span className="dim code">{formatCode(ticket.code)}</span>} onBack={onDone}
      primary={<Button size="xl" type="submit" form="correct" disabled={!asked || !rejected} loading={busy}>{t('act.send_again')}</Button>}
    >
      <Alert color="red" icon={<IconAlertTriangle />} title={t('ticket.quarantined')}>{t('ticket.quarantined_hint')}</Alert>
      {failure || error ? <ErrorNotice error={failure ?? error} /> : null}
      {asked ? (
        <SchemaForm<TicketForm>
          id="correct" density="touch" schema={asked.schema} uiSchema={asked.uiSchema} data={data} sent={before}
          problems={shown} onChange={setData} onSubmit={submit}
        />
      ) : <Skeleton height={420} />}
    </Page>
  );
}
