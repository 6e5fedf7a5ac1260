// The frame of what is done with two tickets: a form in a dialog, with what the server says about it.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ApiError } from '../../shared/api/http';
import { useErrorText } from '../../shared/ui/notices';
import { useWords } from '../words';

export function PairDialog({ title, submitLabel, ready, busy, error, fields, children, onSubmit, onClose }: {
  title: string; submitLabel: string; ready: boolean; busy: boolean; error: unknown; fields: string[];
  children: ReactNode; onSubmit: () => void; onClose: () => void;
}) {
  const { t } = useWords();
  const textOf = useErrorText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSubmit();
  };
  // What is wrong with a field stands at the field.
  const elsewhere = error && !fields.some((field) => problemAt(error, field));
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {elsewhere ? <Alert color="red" role="alert">{error instanceof ApiError && error.status === 412 ? t('actions.changed') : textOf(error)}</Alert> : null}
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="subtle" color="gray" onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="submit" disabled={!ready} loading={busy}>{submitLabel}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What the server says about one field of the request. */
export function problemAt(error: unknown, field: string): string | undefined {
  return error instanceof ApiError ? error.problems.find((problem) => problem.field === field)?.message : undefined;
}
