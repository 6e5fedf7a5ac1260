// Many a complaint is settled before it is written down: the ticket is then born closed.
import { Switch } from '@mantine/core';
import type { Problem } from '../../shared/api/types';
import { ActField, fieldsOf, flawOf, isAbout, type Values } from '../ticket/actFields';
import { useWords } from '../words';

interface Props {
  /** Absent: it is for a department to settle. */
  values?: Values;
  /** Whether the clerk has tried to save: what is missing is not shouted about before. */
  tried: boolean;
  problems: Problem[];
  onChange: (values: Values | undefined) => void;
}

export const isSettlementComplete = (values: Values | undefined) =>
  values === undefined || !fieldsOf.settle.some((field) => flawOf(field, values));

export function SettleNow({ values, tried, problems, onChange }: Props) {
  const { t } = useWords();
  return (
    <section className="settle-now">
      <Switch
        size="lg" label={t('settle_now.title')} description={t('settle_now.hint')} checked={values !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? {} : undefined)}
      />
      {values && fieldsOf.settle.map((field) => {
        const flaw = tried ? flawOf(field, values) : undefined;
        const problem = problems.find((one) => isAbout(one, field, '/settlement'));
        return (
          <ActField
            key={field.name} field={field} value={values[field.name]} error={problem?.message ?? (flaw && t(flaw))} first={false}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
        );
      })}
    </section>
  );
}
