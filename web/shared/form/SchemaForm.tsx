// A form described by the settings (JSON Schema + UI schema), the same at the till and in the console.
import Form from '@rjsf/core';
import { Theme } from '@rjsf/mantine';
import type { ErrorSchema, RJSFSchema, UiSchema } from '@rjsf/utils';
import { Alert, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { Problem } from '../api/types';
import { useI18n } from '../i18n/i18n';
import { focusNext } from './enter';
import { sortProblems, stillTrue } from './problems';
import { FieldGroup } from './templates';
import { createValidator } from './validator';
import { ChoiceWidget, MoneyField, MultipleChoiceWidget, YesNoWidget, DayWidget, LongTextWidget, ShortText } from './widgets';
import './form.css';

/** How the form is laid out: big targets for a finger, or dense for a keyboard. */
export type Density = 'touch' | 'dense';

/** Cards for the parts of a request, or one plain column (filters). */
export type Layout = 'sections' | 'plain';

export interface FormContext {
  density: Density;
  layout: Layout;
}

export interface SchemaFormProps<T> {
  id: string;
  schema: RJSFSchema;
  uiSchema: UiSchema;
  data: T;
  onChange: (data: T) => void;
  onSubmit: (data: T) => void;
  density: Density;
  layout?: Layout;
  /** What the program refused of `sent`; each stands at its field until that field changes. */
  problems?: Problem[];
  sent?: unknown;
  disabled?: boolean;
  children?: ReactNode;
}

const widgets = {
  ...Theme.widgets,
  SelectWidget: ChoiceWidget,
  RadioWidget: ChoiceWidget,
  CheckboxesWidget: MultipleChoiceWidget,
  CheckboxWidget: YesNoWidget,
  TextareaWidget: LongTextWidget,
  DateWidget: DayWidget,
  choices: ChoiceWidget,
};
const fields = { money: MoneyField };
// The widgets show their errors themselves; a hidden second copy would be read out too.
const templates = { ...Theme.templates, ObjectFieldTemplate: FieldGroup, BaseInputTemplate: ShortText, FieldErrorTemplate: () => null };
// What is known comes with the data; rjsf's own guesses (the first choice, the parts of an amount nobody typed) do not help.
const defaults = { constAsDefaults: 'never', emptyObjectFields: 'skipEmptyDefaults' } as const;
const noProblems: Problem[] = [];

export function SchemaForm<T>(props: SchemaFormProps<T>) {
  const { t, language } = useI18n();
  const [attempted, setAttempted] = useState(false);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- t changes with the language alone
  const validator = useMemo(() => createValidator(t), [language]);
  const { atFields, elsewhere } = useMemo(
    () => sortProblems(stillTrue(props.problems ?? noProblems, props.sent, props.data), props.schema),
    [props.data, props.problems, props.schema, props.sent],
  );
  const uiSchema = useMemo(
    () => ({ ...props.uiSchema, 'ui:submitButtonOptions': { norender: true } }),
    [props.uiSchema],
  );
  return (
    <Stack gap="md" className={`schema-form ${props.density}`} onKeyDown={focusNext}>
      {elsewhere.map((problem) => (
        <Alert key={problem.code + problem.message} color="red" icon={<IconAlertTriangle />} role="alert">
          {problem.message}
        </Alert>
      ))}
      <Form
        id={props.id}
        idPrefix={props.id}
        schema={props.schema}
        uiSchema={uiSchema}
        formData={props.data}
        formContext={{ density: props.density, layout: props.layout ?? 'sections' } satisfies FormContext}
        validator={validator}
        extraErrors={atFields as ErrorSchema}
        widgets={widgets}
        fields={fields}
        templates={templates}
        disabled={props.disabled}
        experimental_defaultFormStateBehavior={defaults}
        showErrorList={false}
        noHtml5Validate
        omitExtraData
        liveOmit="onChange"
        liveValidate={attempted ? 'onChange' : false}
        focusOnFirstError={focusFirstError}
        onChange={(event) => props.onChange(event.formData as T)}
        onSubmit={(event) => props.onSubmit(event.formData as T)}
        onError={() => setAttempted(true)}
      >
        {props.children ?? <></>}
      </Form>
    </Stack>
  );
}

function focusFirstError(): void {
  // The errors are drawn with this update: look for them after it.
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('.schema-form [aria-invalid="true"], .schema-form [data-error] button');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  });
}
