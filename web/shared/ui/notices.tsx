// What a screen says when there is nothing, or when something went wrong.
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/http';
import { useI18n } from '../i18n/i18n';

export function useErrorText(): (error: unknown) => string {
  const { t } = useI18n();
  return (error) => {
    if (error instanceof ApiError && error.unreachable) return t('error.unreachable');
    if (error instanceof ApiError && error.code === 'not_signed_in') return t('error.signed_out');
    return sentence(error instanceof Error ? error.message : String(error));
  };
}

/** The programs' messages are made to follow a name in a log; on a screen they stand alone. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function ErrorNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useI18n();
  const textOf = useErrorText();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t('error.title')} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{textOf(error)}</Text>
        {retry && <Button variant="light" color="red" onClick={retry}>{t('common.retry')}</Button>}
      </Stack>
    </Alert>
  );
}

export function EmptyState({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" className="empty-state" ta="center">
      <span className="dim">{icon}</span>
      <Text fw={600}>{title}</Text>
      {children && <Text size="sm" c="dimmed" component="div" maw={440}>{children}</Text>}
    </Stack>
  );
}
