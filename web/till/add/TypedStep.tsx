import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { focusNext } from '../../shared/form/enter';
import { today, typedReceipt, type Typed } from '../../shared/form/typedReceipt';
import { parseAmount } from '../../shared/format/numbers';
import { DateField } from '../../shared/ui/DateField';
import { Page } from '../frame/Page';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';
import type { StepProps } from './step';
import { Steps } from './Steps';

type Errors = Partial<Record<keyof Typed, string>>;

export function TypedStep({ draft, dispatch, onBack, store }: StepProps & { store: string }) {
  const { t } = useWords();
  const [typed, setTyped] = useState<Typed>({
    number: draft.missed ?? '', store, date: today(), product: '', amount: '',
  });
  const currency = useBlankForm().data?.choices?.currency ?? 'EUR';
  const [errors, setErrors] = useState<Errors>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: Errors = {
      ...(typed.number.trim() === '' ? { number: t('typed.number_missing') } : {}),
      ...(Number.isNaN(Date.parse(typed.date)) ? { date: t('typed.date_missing') } : {}),
      ...(typed.amount !== '' && parseAmount(typed.amount) === undefined ? { amount: t('typed.amount_wrong') } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) dispatch({ type: 'transaction', transaction: typedReceipt(typed, currency), proof: 'typed' });
  };
  const field = (name: keyof Typed) => ({
    label: t(`typed.${name}`), value: typed[name], error: errors[name], autoComplete: 'off',
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    onChange: (event: { currentTarget: HTMLInputElement }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <Page
      title={t('typed.title')} aside={<Steps at="receipt" />} onBack={onBack}
      primary={<Button size="xl" type="submit" form="typed">{t('nav.next')}</Button>}
    >
      <form id="typed" className="typed" onSubmit={submit} onKeyDown={focusNext} noValidate>
        <TextInput {...field('number')} required data-scan="keep" autoFocus={typed.number === ''} />
        <TextInput {...field('store')} description={t('typed.store_hint')} required />
        <DateField {...field('date')} required onChange={(date) => setTyped({ ...typed, date: date ?? '' })} />
        <TextInput {...field('product')} autoFocus={typed.number !== ''} />
        <TextInput {...field('amount')} inputMode="decimal" />
      </form>
    </Page>
  );
}
