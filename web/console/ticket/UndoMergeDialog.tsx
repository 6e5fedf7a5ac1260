import { Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../../shared/api/server';
import type { Ticket } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { useWords } from '../words';
import { PairDialog, problemAt } from './PairDialog';
import { useRefresh } from './useTicket';

export function UndoMergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const [note, setNote] = useState('');
  const undo = useMutation({
    mutationFn: (key: string) => server.undoMerge(ticket, note.trim(), key),
    onSuccess: onClose,
    onSettled: () => refresh(),
  });
  return (
    <PairDialog
      title={t('links.undo_title', { code: formatCode(ticket.code) })} submitLabel={t('links.undo')} ready={note.trim() !== ''} busy={undo.isPending} error={undo.error} fields={['/note']}
      onSubmit={() => undo.mutate(crypto.randomUUID())} onClose={onClose}
    >
      <Text size="sm">{t('links.undo_what')}</Text>
      <Textarea label={t('actions.note')} required data-autofocus autosize minRows={2} value={note} error={problemAt(undo.error, '/note')} onChange={(event) => setNote(event.currentTarget.value)} />
    </PairDialog>
  );
}
