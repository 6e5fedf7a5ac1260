import { Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { server, type LinkKind } from '../../shared/api/server';
import type { Ticket } from '../../shared/api/types';
import { parseCode } from '../../shared/format/code';
import { useWords } from '../words';
import { PairDialog, problemAt } from './PairDialog';
import { useRefresh } from './useTicket';

export function LinkDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const [kind, setKind] = useState<LinkKind>('parent');
  const [code, setCode] = useState('');
  const link = useMutation({
    mutationFn: (key: string) => server.link(ticket, { kind, ticket: parseCode(code) ?? code }, key),
    onSuccess: onClose,
    onSettled: () => refresh(),
  });
  return (
    <PairDialog
      title={t('links.add_title')} submitLabel={t('links.add')} ready={parseCode(code) !== undefined} busy={link.isPending} error={link.error} fields={['/ticket', '/kind']}
      onSubmit={() => link.mutate(crypto.randomUUID())} onClose={onClose}
    >
      <Select
        label={t('links.kind')} data={[{ value: 'parent', label: t('links.kind_parent') }, { value: 'related', label: t('links.kind_related') }]} allowDeselect={false}
        value={kind} onChange={(value) => setKind(value === 'related' ? 'related' : 'parent')} error={problemAt(link.error, '/kind')}
      />
      <TextInput label={t('links.code')} required data-autofocus value={code} error={problemAt(link.error, '/ticket')} onChange={(event) => setCode(event.currentTarget.value)} />
    </PairDialog>
  );
}
