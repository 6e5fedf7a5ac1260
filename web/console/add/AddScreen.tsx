// A ticket on a customer's behalf: the same form as at the till, by keyboard.
import { Alert, Button, SegmentedControl, Select, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError } from '../../shared/api/http';
import { server } from '../../shared/api/server';
import type { FormReply, TicketForm, TicketRequest } from '../../shared/api/types';
import { askedParts } from '../../shared/form/parts';
import { buildTicketRequest } from '../../shared/form/request';
import { SchemaForm } from '../../shared/form/SchemaForm';
import { today, typedReceipt, type Typed } from '../../shared/form/typedReceipt';
import { codesIn, parseCode } from '../../shared/format/code';
import { hrefOf, navigate } from '../../shared/nav/hash';
import { DateField } from '../../shared/ui/DateField';
import { ErrorNotice } from '../../shared/ui/notices';
import { useDesk, useNames } from '../session';
import { useWords } from '../words';

type Proof = 'typed' | 'none';

export default function AddScreen() {
  const { t, language } = useWords();
  const { meta } = useDesk();
  const { options } = useNames();
  const [key] = useState(() => crypto.randomUUID());
  const [store, setStore] = useState<string | null>(meta.stores[0]?.id ?? null);
  const [proof, setProof] = useState<Proof>('typed');
  const [typed, setTyped] = useState<Typed>({ number: '', store: meta.stores[0]?.id ?? '', date: today(), product: '', amount: '' });
  const [edited, setEdited] = useState<TicketForm>();
  const [sent, setSent] = useState<TicketRequest>();
  const form = useQuery({ queryKey: ['form', language], queryFn: () => server.form(language), staleTime: Number.POSITIVE_INFINITY });
  const data = useMemo<TicketForm>(
    () => ({ ...(edited ?? (form.data && startOf(form.data))), ...(proof === 'none' ? { proof: { ...edited?.proof, kind: 'none' as const } } : {}) }),
    [edited, form.data, proof],
  );
  const asked = useMemo(
    () => form.data && askedParts(
      { schema: form.data.schema, uiSchema: form.data.ui_schema }, { proof, complainant: data.complainant?.kind },
    ),
    [data.complainant?.kind, form.data, proof],
  );
  const create = useMutation({
    mutationFn: async ({ next, acceptDuplicate }: { next: TicketForm; acceptDuplicate?: boolean }) => {
      const transaction = proof === 'typed' ? typedReceipt(typed, meta.currency ?? 'EUR') : undefined;
      const request = buildTicketRequest({
        language, form: next, store: store ?? undefined, proof: { kind: proof }, acceptDuplicate, transaction,
        affected: transaction?.lines.length === 1 ? { 1: '1' } : {},
      });
      setSent(request);
      // Another request than the refused one needs another key; the same one keeps it, so a double click is one ticket.
      return server.create(request, `${key}-${hash(JSON.stringify(request))}`);
    },
    onSuccess: (ticket) => navigate(`/tickets/${parseCode(ticket.code) ?? ticket.code}`),
  });
  const failure = create.error instanceof ApiError ? create.error : undefined;
  const duplicate = failure && /duplicate/i.test(failure.code) ? failure : undefined;
  const [existing] = duplicate ? codesIn(duplicate.message) : [];
  const atReceipt = failure?.problems.find((problem) => problem.field?.startsWith('/transaction') && !duplicate);
  const problems = failure && !duplicate && !failure.unreachable ? failure.problems.filter((problem) => problem !== atReceipt) : undefined;
  const [numberMissing, setNumberMissing] = useState(false);
  const submit = (next: TicketForm) => {
    const missing = proof === 'typed' && typed.number.trim() === '';
    setNumberMissing(missing);
    if (!missing) create.mutate({ next });
  };
  const receipt = (name: keyof Typed) => ({
    label: t(`add.${name === 'store' ? 'purchased_at' : name}`), value: typed[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <div className="add-screen">
      <div className="screen-bar">
        <h1>{t('add.title')}</h1>
        <Button type="submit" form="new-ticket" loading={create.isPending} disabled={!asked}>{t('add.submit')}</Button>
      </div>
      <div className="add-body">
        <section className="card add-purchase">
          <h2>{t('purchase.title')}</h2>
          <Select label={t('add.store')} data={options('stores')} value={store} onChange={setStore} searchable allowDeselect={false} />
          <SegmentedControl fullWidth value={proof} onChange={(value) => setProof(value as Proof)} data={[{ value: 'typed', label: t('add.proof_typed') }, { value: 'none', label: t('add.proof_none') }]} />
          {proof === 'typed' && (
            <>
              <TextInput {...receipt('number')} required autoFocus error={numberMissing ? t('actions.missing') : atReceipt?.message} />
              <Select label={t('add.purchased_at')} data={options('stores')} value={typed.store} searchable allowDeselect={false} onChange={(value) => setTyped({ ...typed, store: value ?? '' })} />
              <DateField label={t('add.date')} required value={typed.date} onChange={(date) => setTyped({ ...typed, date: date ?? '' })} />
              <TextInput {...receipt('product')} />
              <TextInput {...receipt('amount')} inputMode="decimal" />
            </>
          )}
        </section>
        <div>
          {duplicate && (
            <Alert color="yellow" role="alert" mb="md">
              <div className="duplicate">
                <span>{duplicate.message}</span>
                {existing && <Button variant="default" component="a" href={hrefOf(`/tickets/${existing}`)}>{existing}</Button>}
                <Button color="yellow" onClick={() => create.mutate({ next: data, acceptDuplicate: true })}>{t('add.submit')}</Button>
              </div>
            </Alert>
          )}
          {failure?.unreachable || form.error ? <ErrorNotice error={failure ?? form.error} /> : null}
          {asked ? (
            <SchemaForm<TicketForm>
              id="new-ticket" density="dense" schema={asked.schema} uiSchema={asked.uiSchema} data={data} problems={problems} sent={sent}
              onChange={setEdited} onSubmit={submit}
            />
          ) : <Skeleton height={480} />}
        </div>
      </div>
    </div>
  );
}

/** As for a member at the till: the customer may be contacted, unless they say no. */
function startOf({ schema, data }: FormReply): TicketForm {
  const ticket = schema.properties?.ticket;
  const asks = typeof ticket === 'object' && ticket.properties?.consent_to_contact !== undefined;
  return asks ? { ...data, ticket: { consent_to_contact: true, ...data.ticket } } : data;
}

/** Tells requests apart; not a secret. */
function hash(text: string): string {
  let value = 5381;
  for (const character of text) value = ((value * 33) ^ (character.codePointAt(0) ?? 0)) >>> 0;
  return value.toString(36);
}
