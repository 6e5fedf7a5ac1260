import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { till } from '../../shared/api/till';
import type { Ticket, TicketForm } from '../../shared/api/types';
import { askedParts } from '../../shared/form/parts';
import { useTill } from '../useTill';
import { useWords } from '../words';
import { formOf } from './formOf';

/** The plugin's form, filled with a ticket that exists. */
export function useEditForm(ticket: Ticket) {
  const { language } = useWords();
  const { state } = useTill();
  // As it was when the clerk began: refreshes of the ticket must not overwrite what is being typed.
  const [before] = useState<TicketForm>(() => formOf(ticket));
  const [data, setData] = useState<TicketForm>(before);
  const form = useQuery({
    queryKey: ['edit-form', ticket.ticket_id, language],
    queryFn: () => till.form({ clerk: state.clerk, language, kind: ticket.kind }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const asked = useMemo(
    () => form.data && askedParts(
      { schema: form.data.schema, uiSchema: form.data.ui_schema },
      { proof: data.proof?.kind ?? 'looked_up', complainant: data.complainant?.kind },
    ),
    [data.complainant?.kind, data.proof?.kind, form.data],
  );
  return { asked, before, data, setData, error: form.error };
}
