// What may be done now: only that is offered, and each asks for what it needs in place.
import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../shared/api/http';
import { server, type ActionRequest } from '../../shared/api/server';
import type { Ticket, TicketAction } from '../../shared/api/types';
import { formatMoney, parseAmount } from '../../shared/format/numbers';
import { remedyIn } from '../../shared/format/remedy';
import { ErrorNotice } from '../../shared/ui/notices';
import { useDesk, useNames } from '../session';
import { useWords } from '../words';
import { useRefresh } from './useTicket';

type Need = 'note' | 'resolution_code' | 'reason' | 'assignee' | 'remedy' | 'attachment';
/** Of a remedy its kind and, as it was typed, its amount. */
type Given = Partial<Record<Need | 'amount', string>>;

/** The settings say rejection_reason for what the request calls reason. */
export function needsOf(action: TicketAction): Need[] {
  const names: Record<string, Need> = { note: 'note', resolution_code: 'resolution_code', rejection_reason: 'reason', reason: 'reason', assignee: 'assignee', remedy: 'remedy', attachment: 'attachment' };
  const needs = (action.requires ?? []).map((name) => names[name]).filter((need): need is Need => need !== undefined);
  // Assigning is about somebody, whatever the chain's flow requires besides.
  return action.action === 'assign' && !needs.includes('assignee') ? ['assignee', ...needs] : needs;
}

const useCurrency = () => useDesk().meta.currency ?? 'EUR';

/** From what was given on the screen to what the server takes. */
export function requestOf({ remedy, amount, ...rest }: Given, currency: string): Omit<ActionRequest, 'action'> {
  return { ...rest, ...remedyIn(remedy, amount ?? '', currency) };
}

/** What is wrong with the amount before the server is asked. */
export function amountFlaw({ amount }: Given, { remedy_at_most: limit }: TicketAction): 'actions.missing' | 'actions.amount_wrong' | 'actions.too_much' | undefined {
  if (!amount?.trim()) return limit === undefined ? undefined : 'actions.missing';
  const minor = parseAmount(amount) ?? -1;
  if (minor < 0) return 'actions.amount_wrong';
  return limit !== undefined && minor > limit ? 'actions.too_much' : undefined;
}

const order = ['accept', 'start', 'resolve', 'ready', 'hand_over', 'close', 'confirm', 'move', 'verify', 'assign', 'decline', 'reopen', 'reject'];
/** Several steps may be the same action: the transition's own name says which. */
const nameOf = (action: TicketAction) => action.transition ?? action.action;
const byOrder = (a: TicketAction, b: TicketAction) => order.indexOf(a.action) - order.indexOf(b.action);

export function Actions({ ticket }: { ticket: Ticket }) {
  const { t, text } = useWords();
  const refresh = useRefresh();
  const [asking, setAsking] = useState<TicketAction>();
  const act = useMutation({
    mutationFn: ({ request, key }: { request: ActionRequest; key: string }) => server.act(ticket, request, key),
    onSuccess: () => setAsking(undefined),
    onSettled: () => refresh(),
  });
  const currency = useCurrency();
  const perform = (action: TicketAction, given: Given = {}) =>
    act.mutate({ request: { action: nameOf(action), ...requestOf(given, currency) }, key: crypto.randomUUID() });
  const start = (action: TicketAction) => {
    act.reset();
    if (needsOf(action).length > 0) setAsking(action);
    else perform(action);
  };
  const actions = [...(ticket.actions ?? [])].sort(byOrder);
  const changed = act.error instanceof ApiError && act.error.status === 412;
  return (
    <section className="actions" aria-label={t('actions.title')}>
      {actions.length === 0 && <p className="dim">{t('actions.none')}</p>}
      <Group gap="xs">
        {actions.map((action, index) => (
          <Button
            key={nameOf(action)} variant={index === 0 && !asking ? 'filled' : asking === action ? 'light' : 'default'}
            color={action.action === 'reject' ? 'red' : undefined} loading={act.isPending && act.variables.request.action === nameOf(action) && !asking}
            onClick={() => start(action)}
          >
            {text(action.label)}
          </Button>
        ))}
      </Group>
      {changed && <Alert color="yellow">{t('actions.changed')}</Alert>}
      {act.error && !asking && !changed ? <ErrorNotice error={act.error} /> : null}
      {asking && (
        <Asking
          key={asking.action} action={asking} ticket={ticket} busy={act.isPending} error={changed ? null : act.error}
          onCancel={() => setAsking(undefined)} onDone={(given) => perform(asking, given)}
        />
      )}
    </section>
  );
}

function Asking({ action, ticket, busy, error, onCancel, onDone }: {
  action: TicketAction; ticket: Ticket; busy: boolean; error: unknown; onCancel: () => void; onDone: (given: Given) => void;
}) {
  const { t, text, word, language } = useWords();
  const { options } = useNames();
  const { session, meta } = useDesk();
  const currency = useCurrency();
  const needs = needsOf(action);
  const [given, setGiven] = useState<Given>({});
  const [tried, setTried] = useState(false);
  const users = useQuery({ queryKey: ['users', ticket.department], queryFn: () => server.users(ticket.department), enabled: needs.includes('assignee') });
  const problems = error instanceof ApiError ? error.problems : [];
  const errorAt = (need: Need) =>
    problems.find((problem) => problem.field === `/${need}` || problem.field === `/${need}/kind`)?.message ?? (tried && !given[need] ? t('actions.missing') : undefined);
  const amountProblem = problems.find((problem) => problem.field?.startsWith('/remedy/amount'))?.message;
  const flaw = needs.includes('remedy') ? amountFlaw(given, action) : undefined;
  const limit = action.remedy_at_most === undefined ? undefined : formatMoney({ amount: action.remedy_at_most, currency }, language);
  const elsewhere = problems.filter((problem) => !needs.some((need) => problem.field === `/${need}` || problem.field?.startsWith(`/${need}/`)));
  const field = (need: Need) => ({ label: t(`actions.${need}`), error: errorAt(need), required: true });
  const choose = (need: Need) => (value: string | null) => setGiven({ ...given, [need]: value ?? undefined });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!flaw && needs.every((need) => given[need]?.trim())) onDone(given);
  };
  return (
    <form className="asking" onSubmit={submit} noValidate onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <Stack gap="sm">
        {elsewhere.map((problem) => <Alert key={problem.code} color="red" role="alert">{problem.message}</Alert>)}
        {needs.includes('resolution_code') && <Select {...field('resolution_code')} data={options('resolution_codes')} value={given.resolution_code ?? null} searchable onChange={choose('resolution_code')} />}
        {needs.includes('reason') && <Select {...field('reason')} data={options('rejection_reasons')} value={given.reason ?? null} searchable onChange={choose('reason')} />}
        {needs.includes('assignee') && (
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <Select
              {...field('assignee')} className="grow" data={(users.data ?? []).map((user) => ({ value: user.id, label: user.name }))} searchable
              value={given.assignee ?? null} onChange={choose('assignee')}
            />
            {users.data?.some((user) => user.id === session.user.id) && (
              <Button variant="default" onClick={() => onDone({ ...given, assignee: session.user.id })}>{t('actions.me')}</Button>
            )}
          </Group>
        )}
        {needs.includes('remedy') && (
          <Group align="flex-start" gap="xs" wrap="nowrap">
            <Select
              {...field('remedy')} className="grow" value={given.remedy ?? null} onChange={choose('remedy')}
              data={(meta.remedies ?? []).map((kind) => ({ value: kind, label: word(`remedy.${kind}`, kind) }))}
            />
            <TextInput
              label={t('actions.amount', { currency })} inputMode="decimal" autoComplete="off" required={limit !== undefined}
              description={limit && t('actions.at_most', { amount: limit })} error={amountProblem ?? (tried && flaw ? t(flaw) : undefined)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={given.amount ?? ''} onChange={(event) => setGiven({ ...given, amount: event.currentTarget.value })}
            />
          </Group>
        )}
        {needs.includes('attachment') && (
          <TextInput {...field('attachment')} autoComplete="off" maxLength={300} value={given.attachment ?? ''} onChange={(event) => setGiven({ ...given, attachment: event.currentTarget.value })} />
        )}
        {needs.includes('note') && (
          <Textarea {...field('note')} autosize minRows={2} value={given.note ?? ''} onChange={(event) => setGiven({ ...given, note: event.currentTarget.value })} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={onCancel}>{t('common.cancel')}</Button>
          <Button type="submit" loading={busy} color={action.action === 'reject' ? 'red' : undefined}>{text(action.label)}</Button>
        </Group>
      </Stack>
    </form>
  );
}
