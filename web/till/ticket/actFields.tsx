// What each small act asks for, and how the screen shows it.
import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { Choices, Named, Problem } from '../../shared/api/types';
import { withoutEmpty } from '../../shared/form/request';
import { parseAmount } from '../../shared/format/numbers';
import { remedyIn } from '../../shared/format/remedy';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';

export const acts = ['withdraw', 'comment', 'receive_goods', 'hand_over', 'settle'] as const;
export type Act = (typeof acts)[number];

export interface Field {
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

export const fieldsOf: Record<Act, Field[]> = {
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

export type Values = Record<string, string | boolean>;

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
    return { ...rest, ...remedyIn(remedy as string | undefined, String(amount ?? ''), currency) };
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

/** `at`: where in the request the fields stand. */
export const isAbout = (problem: Problem, field: Field, at = '') => {
  const pointer = at + (field.pointer ?? `/${field.name}`);
  return problem.field === pointer || Boolean(problem.field?.startsWith(`${pointer}/`));
};

export function ActField({ field, value, error, first, onChange }: {
  field: Field; value: string | boolean | undefined; error?: string; first: boolean; onChange: (value: string | boolean) => void;
}) {
  const { t, text, word } = useWords();
  const choices = useBlankForm().data?.choices;
  const list: Named[] | undefined = choices?.[field.list ?? 'withdrawal_reasons'];
  const common = {
    label: t(field.label), description: field.hint && t(field.hint), error, required: field.required, autoFocus: first,
  };
  const string = typeof value === 'string' ? value : '';
  if (field.kind === 'yes_no') {
    return <Switch size="lg" label={common.label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  const listed = field.list && list?.map((item) => ({ value: item.id, label: text(item.label ?? item.name) }));
  const data = field.kind === 'remedy' ? choices?.remedies?.map(({ id }) => ({ value: id, label: word(`remedy.${id}`, id) })) : listed;
  if (data?.length) {
    return <Select {...common} autoFocus={false} data={data} value={string || null} clearable={!field.required} onChange={(next) => onChange(next ?? '')} />;
  }
  return field.kind === 'long'
    ? <Textarea {...common} autosize minRows={4} value={string} onChange={(event) => onChange(event.currentTarget.value)} />
    : <TextInput {...common} data-scan="keep" inputMode={field.kind === 'amount' ? 'decimal' : undefined} autoComplete="off" value={string} onChange={(event) => onChange(event.currentTarget.value)} />;
}
