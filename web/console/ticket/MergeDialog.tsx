import { Checkbox, Text, TextInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../shared/api/http';
import { server } from '../../shared/api/server';
import type { Ticket } from '../../shared/api/types';
import { formatCode, parseCode } from '../../shared/format/code';
import { navigate } from '../../shared/nav/hash';
import { useWords } from '../words';
import { PairDialog, problemAt } from './PairDialog';
import { useRefresh } from './useTicket';

/** What the server wants to be sure of first, and how the request says so. */
const doubts = { other_customer: 'accept_other_customer', later_deadline: 'accept_later_deadline' } as const;
type Doubt = keyof typeof doubts;

const isDoubt = (code: string): code is Doubt => code in doubts;

export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const [into, setInto] = useState('');
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState<Doubt[]>([]);
  const [sure, setSure] = useState<Doubt[]>([]);
  const code = parseCode(into);
  const merge = useMutation({
    mutationFn: (key: string) =>
      server.merge(ticket, { into: code ?? into, note: note.trim(), ...Object.fromEntries(sure.map((doubt) => [doubts[doubt], true])) }, key),
    onSuccess: () => {
      onClose();
      navigate(`/tickets/${code ?? ''}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && isDoubt(error.code)) setAsked([...new Set([...asked, error.code])]);
    },
    onSettled: () => refresh(),
  });
  const changeInto = (text: string) => {
    setInto(text);
    setAsked([]);  // what was asked was about another ticket
    setSure([]);
    merge.reset();
  };
  return (
    <PairDialog
      title={t('links.merge_title', { code: formatCode(ticket.code) })} submitLabel={t('links.merge')} ready={code !== undefined && note.trim() !== '' && asked.every((doubt) => sure.includes(doubt))}
      busy={merge.isPending} error={merge.error} fields={['/into', '/note']} onSubmit={() => merge.mutate(crypto.randomUUID())} onClose={onClose}
    >
      <Text size="sm">{t('links.merge_what')}</Text>
      <TextInput label={t('links.into')} required data-autofocus value={into} error={problemAt(merge.error, '/into')} onChange={(event) => changeInto(event.currentTarget.value)} />
      {asked.map((doubt) => (
        <Checkbox
          key={doubt} label={t(`links.sure_${doubt}`)} checked={sure.includes(doubt)}
          onChange={(event) => setSure(event.currentTarget.checked ? [...sure, doubt] : sure.filter((one) => one !== doubt))}
        />
      ))}
      <Textarea label={t('actions.note')} required autosize minRows={2} value={note} error={problemAt(merge.error, '/note')} onChange={(event) => setNote(event.currentTarget.value)} />
    </PairDialog>
  );
}
