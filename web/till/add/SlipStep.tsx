import { Button } from '@mantine/core';
import { IconArrowRight, IconCloudCheck, IconCloudUp, IconEdit, IconPrinter, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { till } from '../../shared/api/till';
import type { Created } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { exactTime } from '../../shared/format/time';
import { navigate } from '../../shared/nav/hash';
import { QrCode } from '../../shared/ui/QrCode';
import { Page } from '../frame/Page';
import { useWords } from '../words';
import type { StepProps } from './step';

export function SlipStep({ draft }: StepProps) {
  return draft.created ? <Slip created={draft.created} confidential={draft.data?.ticket?.confidential === true} /> : null;
}

function Slip({ created, confidential }: { created: Created; confidential: boolean }) {
  const { t, language } = useWords();
  const { slip, code, answer_by: answerBy } = created;
  const print = useMutation({ mutationFn: () => till.print(slip) });
  const { data } = useQuery({ queryKey: ['unsent'], queryFn: ({ signal }) => till.unsent(signal), staleTime: 0 });
  const delivered = data !== undefined && !data.events.some((event) => event.ticket_id === created.ticket_id);
  const change = (what: string) => navigate(`/ticket/${code}`, new URLSearchParams({ do: what }));
  return (
    <Page
      title={t('slip.title')}
      aside={
        <span className="delivery" role="status">
          {delivered ? <IconCloudCheck size={22} /> : <IconCloudUp size={22} />}
          {delivered ? t('slip.delivered') : t('slip.unsent')}
        </span>
      }
      secondary={
        <>
          <Button size="xl" variant="subtle" onClick={() => change('amend')} leftSection={<IconEdit size={22} />}>{t('ticket.amend')}</Button>
          <Button size="xl" variant="subtle" color="red" onClick={() => change('withdraw')} leftSection={<IconTrash size={22} />}>{t('ticket.withdraw')}</Button>
          <Button size="xl" variant="default" loading={print.isPending} onClick={() => print.mutate()} leftSection={<IconPrinter size={22} />}>
            {print.isSuccess ? t('slip.printed') : t('slip.print')}
          </Button>
        </>
      }
      primary={<Button size="xl" autoFocus onClick={() => navigate('/')} rightSection={<IconArrowRight size={22} />}>{t('slip.next')}</Button>}
    >
      <div className="slip">
        <div>
          <p className="dim">{t('slip.say')}</p>
          <output className="big-code" data-testid="ticket-code">{formatCode(code)}</output>
          {answerBy && <p className="slip-answer">{t('due.answer_by')} <time dateTime={answerBy}>{exactTime(answerBy, language)}</time></p>}
          {confidential && <p>{t('slip.confidential')}</p>}
          <p className="slip-title">{slip.title}</p>
          <ul>{slip.lines.map((line) => <li key={line}>{line}</li>)}</ul>
        </div>
        {slip.qr && <figure><QrCode text={slip.qr} size={260} label={t('slip.qr')} /><figcaption className="dim">{t('slip.qr')}</figcaption></figure>}
      </div>
    </Page>
  );
}
