// Widgets for fingers and for keyboards. Values are those of the schema; labels come from it too.
import { Button, Checkbox, Input, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { getInputProps, type BaseInputTemplateProps, type FieldProps, type WidgetProps } from '@rjsf/utils';
import { useState } from 'react';
import type { Money } from '../api/types';
import { parseAmount } from '../format/numbers';
import { useI18n } from '../i18n/i18n';
import { DateField } from '../ui/DateField';
import type { FormContext } from './SchemaForm';

// More than this many buttons are slower to read than a list.
const mostButtons = 9;

interface Common {
  id: string;
  label: string;
  hideLabel?: boolean;
  required?: boolean;
  disabled?: boolean;
  readonly?: boolean;
  rawErrors?: string[];
  options: WidgetProps['options'];
  schema: WidgetProps['schema'];
}

function inputProps(props: Common) {
  const description = props.options.description ?? props.schema.description;
  return {
    id: props.id,
    label: props.hideLabel ? undefined : props.label,
    description: typeof description === 'string' && description !== '' ? description : undefined,
    required: props.required,
    disabled: props.disabled || props.readonly,
    error: props.rawErrors?.length ? [...new Set(props.rawErrors)].join(' ') : undefined,
  };
}

/** What explains a field stands below it, so that fields beside each other are level. */
const below = { inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[] };

function density(props: { registry: WidgetProps['registry'] }): FormContext['density'] {
  return (props.registry.formContext as FormContext | undefined)?.density ?? 'dense';
}

function choicesOf(props: WidgetProps): { value: string; label: string }[] {
  return (props.options.enumOptions ?? []).map(({ value, label }) => ({ value: String(value), label }));
}

/** One of several: buttons while they are few and a finger chooses, else a list that can be searched by typing. */
export function ChoiceWidget(props: WidgetProps) {
  const { t } = useI18n();
  if (props.multiple) return <MultipleChoiceWidget {...props} />;
  const choices = choicesOf(props);
  const value = props.value === undefined || props.value === null ? null : String(props.value);
  const original = (text: string | null) =>
    props.options.enumOptions?.find((option) => String(option.value) === text)?.value as unknown;
  if (density(props) === 'dense' || choices.length > mostButtons) {
    return (
      <Select
        {...inputProps(props)} {...below} data={choices} value={value} searchable openOnFocus={false} clearable={!props.required} allowDeselect={false}
        placeholder={t('common.choose')} onChange={(next) => props.onChange(original(next))}
      />
    );
  }
  return (
    <Input.Wrapper {...inputProps(props)} labelElement="div">
      <div className="sf-choices" role="radiogroup" aria-label={props.label} data-error={props.rawErrors?.length ? true : undefined}>
        {choices.map((choice) => (
          <Button
            key={choice.value} role="radio" aria-checked={choice.value === value} className="sf-choice"
            variant={choice.value === value ? 'filled' : 'default'} disabled={props.disabled || props.readonly}
            onClick={() => props.onChange(choice.value === value && !props.required ? undefined : original(choice.value))}
          >
            {choice.label}
          </Button>
        ))}
      </div>
    </Input.Wrapper>
  );
}

export function MultipleChoiceWidget(props: WidgetProps) {
  const choices = choicesOf(props);
  const value: string[] = Array.isArray(props.value) ? props.value.map(String) : [];
  const toggle = (one: string) => props.onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
  if (density(props) === 'dense') {
    return <MultiSelect {...inputProps(props)} {...below} data={choices} value={value} searchable onChange={props.onChange} />;
  }
  return (
    <Input.Wrapper {...inputProps(props)} labelElement="div">
      <div className="sf-choices" role="group" aria-label={props.label}>
        {choices.map((choice) => (
          <Button
            key={choice.value} className="sf-choice" variant={value.includes(choice.value) ? 'filled' : 'default'}
            aria-pressed={value.includes(choice.value)} onClick={() => toggle(choice.value)}
          >
            {choice.label}
          </Button>
        ))}
      </div>
    </Input.Wrapper>
  );
}

export function YesNoWidget(props: WidgetProps) {
  const common = { ...inputProps(props), required: false };
  const change = (checked: boolean) => props.onChange(checked);
  return density(props) === 'touch'
    ? <Switch {...common} size="lg" checked={Boolean(props.value)} onChange={(event) => change(event.currentTarget.checked)} />
    : <Checkbox {...common} checked={Boolean(props.value)} onChange={(event) => change(event.currentTarget.checked)} />;
}

export function LongTextWidget(props: WidgetProps) {
  return (
    <Textarea
      {...inputProps(props)} value={(props.value as string | undefined) ?? ''} autosize
      minRows={density(props) === 'touch' ? 3 : 4} maxRows={10}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

export function DayWidget(props: WidgetProps) {
  return <DateField {...inputProps(props)} {...below} value={props.value as string | undefined} onChange={props.onChange} />;
}

/** One line: text, number, telephone. Numbers stay what was typed until they are numbers, so nothing is lost. */
export function ShortText(props: BaseInputTemplateProps) {
  const { type } = getInputProps(props.schema, props.type, props.options);
  const isNumber = type === 'number' || type === 'integer';
  const custom = props.id.includes('_custom_');
  const telephone = props.id.endsWith('_mobile') || type === 'tel';
  const change = (text: string) => {
    if (text === '') props.onChange(undefined);
    else if (isNumber && /^-?\d+([.,]\d+)?$/.test(text)) props.onChange(Number(text.replace(',', '.')));
    else props.onChange(text);
  };
  return (
    <TextInput
      {...inputProps(props)} {...below}
      name={props.htmlName ?? props.id}
      type={telephone ? 'tel' : isNumber ? 'text' : type}
      inputMode={isNumber ? 'decimal' : telephone ? 'tel' : type === 'email' ? 'email' : undefined}
      autoComplete="off"
      data-scan={custom ? 'keep' : undefined}
      placeholder={props.placeholder}
      value={(props.value as string | number | undefined) ?? ''}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** An amount of money: typed with decimals, kept as {amount in minor units, currency}. */
export function MoneyField(props: FieldProps) {
  const value = props.formData as Money | undefined;
  const properties = props.schema.properties as Record<string, { enum?: string[] }> | undefined;
  const currency = value?.currency ?? properties?.currency?.enum?.[0] ?? 'EUR';
  const [text, setText] = useState(value?.amount === undefined ? '' : (value.amount / 100).toFixed(2));
  // Complaints about the amount inside stand here too: people see one field.
  const errors = [props.errorSchema, ...Object.values(props.errorSchema ?? {})]
    .flatMap((node) => (node as { __errors?: string[] } | undefined)?.__errors ?? []);
  const description = props.schema.description;
  return (
    <TextInput
      {...inputProps({
        id: props.fieldPathId.$id, label: props.title || props.schema.title || '', required: props.required, disabled: props.disabled,
        rawErrors: errors, options: description ? { description } : {}, schema: props.schema,
      })}
      inputMode="decimal" autoComplete="off" value={text} rightSection={currency} rightSectionWidth={56}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const amount = parseAmount(typed);
        props.onChange(amount === undefined ? undefined : { amount, currency }, props.fieldPathId.path);
      }}
    />
  );
}
