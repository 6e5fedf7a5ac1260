// The small things that are done with a ticket: each asks for what it needs, in place.
import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Choices, Named, Ticket } from '../../shared/api/types';
import { focusNext } from '../../shared/form/enter';
import { withoutEmpty } from '../../shared/form/request';
import { formatCode } from '../../shared/format/code';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';
import { useAct } from './useAct';

export const acts = ['withdraw', 'comment', 'receive_goods', 'hand_over'] as const;
export type Act = (typeof acts)[number];

interface Field {
  name: string;
  kind?: 'long' | 'yes_no';
  required?: boolean;
  label: Parameters<ReturnType<typeof useWords>['t']>[0];
  hint?: Field['label'];
  /** Which of the chain's lists answers it; without a list it is free text. */
  list?: keyof Pick<Choices, 'withdrawal_reasons' | 'goods_conditions'>;
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
};

type Values = Record<string, string | boolean>;

/** From the fields on the screen to what the plugin takes. */
export function bodyOf(act: Act, values: Values): Record<string, unknown> {
  const { public: shown, accessories, ...plain } = values;
  const body = withoutEmpty(plain) as Record<string, unknown>;
  if (act === 'comment') return { ...body, visibility: shown ? 'public' : 'internal' };
  if (act === 'receive_goods') {
    return { ...body, accessories: String(accessories ?? '').split(',').map((part) => part.trim()).filter(Boolean) };
  }
  return body;
}

export function ActPanel({ act, ticket, onDone }: { act: Act; ticket: Ticket; onDone: () => void }) {
  const { t } = useWords();
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const { act: perform, busy, problems, failure } = useAct(ticket, onDone);
  const fields = fieldsOf[act];
  const missing = (field: Field) => Boolean(field.required) && String(values[field.name] ?? '').trim() === '';
  const problemOf = (field: Field) =>
    problems.find((problem) => problem.field === `/${field.name}`)?.message ?? (tried && missing(field) ? t('act.missing') : undefined);
  const others = problems.filter((problem) => !fields.some((field) => problem.field === `/${field.name}`));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!fields.some(missing)) perform(act, bodyOf(act, values));
  };
  return (
    <Page
      title={t(`ticket.${act}`)} aside={<span className="dim code">{formatCode(ticket.code)}</span>} onBack={onDone}
      primary={
        <Button size="xl" type="submit" form="act" loading={busy} color={act === 'withdraw' ? 'red' : undefined}>
          {act === 'withdraw' ? t('act.withdraw_confirm') : act === 'hand_over' ? t('ticket.hand_over') : t('act.save')}
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
  const { t, text } = useWords();
  const list: Named[] | undefined = useBlankForm().data?.choices?.[field.list ?? 'withdrawal_reasons'];
  const common = {
    label: t(field.label), description: field.hint && t(field.hint), error, required: field.required, autoFocus: first,
  };
  const string = typeof value === 'string' ? value : '';
  if (field.kind === 'yes_no') {
    return <Switch size="lg" label={common.label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  if (field.list && list?.length) {
    const data = list.map((item) => ({ value: item.id, label: text(item.label ?? item.name) }));
    return <Select {...common} autoFocus={false} data={data} value={string || null} clearable={!field.required} onChange={(next) => onChange(next ?? '')} />;
  }
  return field.kind === 'long'
    ? <Textarea {...common} autosize minRows={4} value={string} onChange={(event) => onChange(event.currentTarget.value)} />
    : <TextInput {...common} data-scan="keep" autoComplete="off" value={string} onChange={(event) => onChange(event.currentTarget.value)} />;
}
