// The small things that are done with a ticket: each asks for what it needs, in place.
import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Choices, Named, Problem, Ticket } from '../../shared/api/types';
import { focusNext } from '../../shared/form/enter';
import { withoutEmpty } from '../../shared/form/request';
import { formatCode } from '../../shared/format/code';
import { parseAmount } from '../../shared/format/numbers';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';
import { useAct } from './useAct';

export const acts = ['withdraw', 'comment', 'receive_goods', 'hand_over', 'settle'] as const;
export type Act = (typeof acts)[number];

interface Field {
  name: string;
  kind?: 'long' | 'yes_no' | 'amount' | 'remedy';
  required?: boolean;
  label: Parameters<ReturnType<typeof useWords>['t']>[0];
  hint?: Field['label'];
  /** Which of the chain's lists answers it; without a list it is free text. */
  list?: keyof Pick<Choices, 'withdrawal_reasons' | 'goods_conditions' | 'resolution_codes'>;
  /** Where its value goes, when not under its name. */
  pointer?: string;
}

const fieldsOf: Record<Act, Field[]> = {
  withdraw: [{ name: 'reason', label: 'act.reason', hint: 'act.reason_hint', list: 'withdrawal_reasons' }],
  comment: [
    { name: 'text', kind: 'long', required: true, label: 'act.comment' },
    { name: 'public', kind: 'yes_no', label: 'act.public' },
  ],
  receive_goods: [
    { name: 'condition', required: true, label: 'act.condition', list: 'goods_conditions' },
    { name: 'accessories', label: 'act.accessories', hint: 'act.accessories_hint' },
    { name: 'serial', label: 'act.serial' },
    { name: 'tag', label: 'act.tag' },
    { name: 'shelf', label: 'act.shelf' },
  ],
  hand_over: [{ name: 'to', label: 'act.to' }, { name: 'note', kind: 'long', label: 'act.note' }],
  settle: [
    { name: 'resolution_code', required: true, label: 'act.resolution', list: 'resolution_codes' },
    { name: 'note', kind: 'long', required: true, label: 'act.note' },
    { name: 'remedy', kind: 'remedy', label: 'act.remedy', pointer: '/remedy/kind' },
    { name: 'amount', kind: 'amount', label: 'act.amount', pointer: '/remedy/amount' },
  ],
};

const remedies = ['refund', 'exchange', 'repair', 'voucher', 'apology', 'other'];

type Values = Record<string, string | boolean>;

/** From the fields on the screen to what the plugin takes. */
export function bodyOf(act: Act, values: Values, currency = 'EUR'): Record<string, unknown> {
  const { public: shown, accessories, ...plain } = values;
  const body = withoutEmpty(plain) as Record<string, unknown>;
  if (act === 'comment') return { ...body, visibility: shown ? 'public' : 'internal' };
  if (act === 'receive_goods') {
    return { ...body, accessories: String(accessories ?? '').split(',').map((part) => part.trim()).filter(Boolean) };
  }
  if (act === 'settle') {
    const { remedy, amount, ...rest } = body;
    const minor = parseAmount(String(amount ?? ''));
    return remedy ? { ...rest, remedy: { kind: remedy, ...(minor === undefined ? {} : { amount: { amount: minor, currency } }) } } : rest;
  }
  return body;
}

/** What is wrong with a field before anybody is asked; an amount says what of. */
export function flawOf(field: { name: string; required?: boolean }, values: Values): 'act.missing' | 'typed.amount_wrong' | undefined {
  const text = String(values[field.name] ?? '').trim();
  const amount = String(values.amount ?? '').trim();
  if ((field.required && text === '') || (field.name === 'remedy' && text === '' && amount !== '')) return 'act.missing';
  if (field.name === 'amount' && text !== '' && !((parseAmount(text) ?? -1) >= 0)) return 'typed.amount_wrong';
  return undefined;
}

const isAbout = (problem: Problem, field: Field) => {
  const pointer = field.pointer ?? `/${field.name}`;
  return problem.field === pointer || Boolean(problem.field?.startsWith(`${pointer}/`));
};

export function ActPanel({ act, ticket, onDone }: { act: Act; ticket: Ticket; onDone: () => void }) {
  const { t } = useWords();
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const { act: perform, busy, problems, failure } = useAct(ticket, onDone);
  const fields = fieldsOf[act];
  const currency = useBlankForm().data?.choices?.currency;
  const problemOf = (field: Field) => {
    const flaw = tried ? flawOf(field, values) : undefined;
    return problems.find((problem) => isAbout(problem, field))?.message ?? (flaw && t(flaw));
  };
  const others = problems.filter((problem) => !fields.some((field) => isAbout(problem, field)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!fields.some((field) => flawOf(field, values))) perform(act, bodyOf(act, values, currency));
  };
  return (
    <Page
      title={t(`ticket.${act}`)} aside={<span className="dim code">{formatCode(ticket.code)}</span>} onBack={onDone}
      primary={
        <Button size="xl" type="submit" form="act" loading={busy} color={act === 'withdraw' ? 'red' : undefined}>
          {act === 'withdraw' ? t('act.withdraw_confirm') : act === 'hand_over' || act === 'settle' ? t(`ticket.${act}`) : t('act.save')}
        </Button>
      }
    >
      <form id="act" className="act" onSubmit={submit} onKeyDown={focusNext} noValidate>
        <p className="matter">{ticket.details}</p>
        {failure ? <ErrorNotice error={failure} /> : null}
        {others.map((problem) => <ErrorNotice key={problem.code} error={new Error(problem.message)} />)}
        {fields.map((field, index) => (
          <ActField
            key={field.name} field={field} value={values[field.name]} error={problemOf(field)} first={index === 0}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
      </form>
    </Page>
  );
}

function ActField({ field, value, error, first, onChange }: {
  field: Field; value: string | boolean | undefined; error?: string; first: boolean; onChange: (value: string | boolean) => void;
}) {
  const { t, text, word } = useWords();
  const list: Named[] | undefined = useBlankForm().data?.choices?.[field.list ?? 'withdrawal_reasons'];
  const common = {
    label: t(field.label), description: field.hint && t(field.hint), error, required: field.required, autoFocus: first,
  };
  const string = typeof value === 'string' ? value : '';
  if (field.kind === 'yes_no') {
    return <Switch size="lg" label={common.label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  const listed = field.list && list?.map((item) => ({ value: item.id, label: text(item.label ?? item.name) }));
  const data = field.kind === 'remedy' ? remedies.map((kind) => ({ value: kind, label: word(`remedy.${kind}`, kind) })) : listed;
  if (data?.length) {
    return <Select {...common} autoFocus={false} data={data} value={string || null} clearable={!field.required} onChange={(next) => onChange(next ?? '')} />;
  }
  return field.kind === 'long'
    ? <Textarea {...common} autosize minRows={4} value={string} onChange={(event) => onChange(event.currentTarget.value)} />
    : <TextInput {...common} data-scan="keep" inputMode={field.kind === 'amount' ? 'decimal' : undefined} autoComplete="off" value={string} onChange={(event) => onChange(event.currentTarget.value)} />;
}
