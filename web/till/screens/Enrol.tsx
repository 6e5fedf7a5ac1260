import { Button, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { takeResult, till } from '../../shared/api/till';
import { useErrorText } from '../../shared/ui/notices';
import { useTill } from '../useTill';
import { useWords } from '../words';

/** A till that is not connected yet can do nothing else. */
export function Enrol() {
  const { t } = useWords();
  const { state } = useTill();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [code, setCode] = useState('');
  const enrol = useMutation({
    mutationFn: async () => {
      const { request_id } = await till.enrol(code.trim(), state.clerk);
      if ((await takeResult(request_id)) === undefined) throw new Error(t('enrol.no_answer'));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['state'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '') enrol.mutate();
  };
  return (
    <form className="enrol" onSubmit={submit}>
      <IconPlugConnected size={56} stroke={1.4} />
      <h1>{t('enrol.title')}</h1>
      <p>{t('enrol.hint')}</p>
      <TextInput
        size="xl" autoFocus label={t('enrol.code')} value={code} placeholder="XXXX-XXXX-XXXX" autoComplete="off" spellCheck={false}
        classNames={{ input: 'code' }} onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
        error={enrol.error ? errorText(enrol.error) : undefined}
      />
      <Button size="xl" type="submit" loading={enrol.isPending}>{enrol.isPending ? t('enrol.waiting') : t('enrol.submit')}</Button>
    </form>
  );
}
