import { Alert, Button, Group, Skeleton } from '@mantine/core';
import { IconBarcode, IconCopy, IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../../shared/api/http';
import { till } from '../../shared/api/till';
import type { TicketForm, TicketRequest } from '../../shared/api/types';
import { codesIn } from '../../shared/format/code';
import { askedParts } from '../../shared/form/parts';
import { buildTicketRequest, customerOf, transactionOf } from '../../shared/form/request';
import { SchemaForm } from '../../shared/form/SchemaForm';
import { navigate } from '../../shared/nav/hash';
import { useScanner } from '../../shared/scanner/useScanner';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useTill } from '../useTill';
import { useWords } from '../words';
import { bodyOf, type Values } from '../ticket/actFields';
import { identifiersOf } from './mask';
import { isSettlementComplete, SettleNow } from './SettleNow';
import type { StepProps } from './step';
import { Steps } from './Steps';

const isDuplicate = (error: unknown) => error instanceof ApiError && /duplicate/i.test(error.code);

export function FormStep(props: StepProps) {
  const { draft, dispatch, onBack } = props;
  const { t, language } = useWords();
  const { state } = useTill();
  const [sent, setSent] = useState<TicketRequest>();
  const [settlement, setSettlement] = useState<Values>();
  const [tried, setTried] = useState(false);
  const form = useQuery({
    // The form's id makes a double tap one ticket: each time this step is entered is one form.
    queryKey: ['form', language, draft.trail.length, draft.transaction?.id, draft.affected],
    queryFn: () => till.form({
      clerk: state.clerk, language, customer: draft.customer && customerOf(draft.customer), kind: draft.data?.kind,
      transaction: draft.transaction && transactionOf(draft.transaction, draft.affected),
    }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useEffect(() => {
    if (form.data) dispatch({ type: 'form', form: form.data });
  }, [dispatch, form.data]);

  const create = useMutation({
    mutationFn: ({ data, acceptDuplicate }: { data: TicketForm; acceptDuplicate?: boolean }) => {
      const request = buildTicketRequest({
        formId: draft.form?.form_id, acceptDuplicate, clerk: state.clerk, language, form: data,
        customer: draft.customer, transaction: draft.transaction, affected: draft.affected, proof: draft.proof,
        settlement: settlement && bodyOf('settle', settlement, draft.form?.choices?.currency),
      });
      setSent(request);
      return till.create(request);
    },
    onSuccess: (created) => dispatch({ type: 'created', created }),
  });
  const duplicate = isDuplicate(create.error) ? create.error : null;
  const problems = create.error instanceof ApiError && !duplicate && !create.error.unreachable ? create.error.problems : undefined;
  const data = useMemo<TicketForm>(
    () => ({ ...draft.data, ...(draft.proof.kind === 'none' ? { proof: { ...draft.data?.proof, kind: 'none' as const } } : {}) }),
    [draft.data, draft.proof.kind],
  );
  const asked = useMemo(
    () => draft.form && askedParts(
      { schema: draft.form.schema, uiSchema: draft.form.ui_schema },
      { proof: draft.proof.kind, complainant: data.complainant?.kind },
    ),
    [data.complainant?.kind, draft.form, draft.proof.kind],
  );
  return (
    <Page
      title={t('form.title')} aside={<Steps at="form" />} onBack={onBack}
      primary={
        duplicate ? (
          <Button size="xl" color="yellow" loading={create.isPending} leftSection={<IconCopy size={22} />} onClick={() => create.mutate({ data, acceptDuplicate: true })}>
            {t('duplicate.go_on')}
          </Button>
        ) : (
          <Button size="xl" type="submit" form="ticket" disabled={!asked} loading={create.isPending} leftSection={<IconDeviceFloppy size={22} />}>
            {t('form.submit')}
          </Button>
        )
      }
    >
      <About {...props} />
      <ScannedReceipt {...props} />
      {duplicate && <Duplicate message={duplicate.message} />}
      {create.error instanceof ApiError && create.error.unreachable && <ErrorNotice error={create.error} />}
      {asked ? (
        <SchemaForm<TicketForm>
          id="ticket" density="touch" schema={asked.schema} uiSchema={asked.uiSchema} data={data} problems={problems} sent={sent}
          onChange={(next) => dispatch({ type: 'data', data: next })} onSubmit={(next) => {
            setTried(true);
            if (isSettlementComplete(settlement)) create.mutate({ data: next });
          }}
        />
      ) : form.error ? (
        <ErrorNotice error={form.error} retry={() => void form.refetch()} />
      ) : (
        <div className="form-skeleton"><Skeleton height={420} /><Skeleton height={300} /></div>
      )}
      {asked && <SettleNow values={settlement} tried={tried} problems={problems ?? []} onChange={setSettlement} />}
    </Page>
  );
}

/** What is known already, in one line: nobody asks the customer twice. */
function About({ draft }: StepProps) {
  const { t } = useWords();
  const items = Object.keys(draft.affected).length;
  const parts = [
    draft.customer?.name ?? t('form.walk_in'),
    draft.customer && identifiersOf(draft.customer),
    draft.transaction ? draft.transaction.id : t('form.no_receipt'),
    items > 0 && t('form.items', { n: items }),
  ];
  return <p className="about dim">{parts.filter(Boolean).join('  ·  ')}</p>;
}

/** A scan outside of any field, while the form is open: offered, never taken by itself. */
function ScannedReceipt({ draft, dispatch }: StepProps) {
  const { t } = useWords();
  const [text, setText] = useState<string>();
  useScanner(setText);
  const use = useMutation({
    mutationFn: till.lookup,
    onSuccess: (found, scanned) => {
      setText(undefined);
      dispatch({ type: 'found', text: scanned, found });
    },
  });
  if (!text || draft.transaction?.id === text) return null;
  return (
    <Alert color="blue" icon={<IconBarcode />} title={t('scan.during_form', { text })} role="status">
      <Group>
        <Button loading={use.isPending} onClick={() => use.mutate(text)}>{t('scan.use')}</Button>
        <Button variant="default" onClick={() => setText(undefined)}>{t('scan.ignore')}</Button>
      </Group>
    </Alert>
  );
}

const intoView = (element: HTMLElement | null) => {
  void element?.scrollIntoView({ block: 'center' });
};

function Duplicate({ message }: { message: string }) {
  const { t } = useWords();
  const [code] = codesIn(message);
  return (
    <Alert ref={intoView} color="yellow" icon={<IconCopy />} title={t('duplicate.title')} role="alert">
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        {code && <Button variant="default" onClick={() => navigate(`/ticket/${code}`)}>{t('duplicate.open', { code })}</Button>}
      </Group>
    </Alert>
  );
}
