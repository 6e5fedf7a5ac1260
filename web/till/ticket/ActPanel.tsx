// The small things that are done with a ticket: each asks for what it needs, in place.
import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Ticket } from '../../shared/api/types';
import { focusNext } from '../../shared/form/enter';
import { formatCode } from '../../shared/format/code';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';
import { type Act, ActField, bodyOf, fieldsOf, flawOf, isAbout, type Field, type Values } from './actFields';
import { useAct } from './useAct';

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
