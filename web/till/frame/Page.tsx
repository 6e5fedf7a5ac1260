// One job per screen: its title, its scrolling body, and the bar with Back at the left and the one primary action
// always at the right.
import { Button, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words';

export interface PageProps {
  title: string;
  aside?: ReactNode;
  onBack?: () => void;
  backLabel?: string;
  primary?: ReactNode;
  secondary?: ReactNode;
  children: ReactNode;
}

export function Page({ title, aside, onBack, backLabel, primary, secondary, children }: PageProps) {
  const { t } = useWords();
  return (
    <div className="page">
      <header className="page-title">
        <Title order={1}>{title}</Title>
        {aside}
      </header>
      <main className="page-body">{children}</main>
      <footer className="page-bar">
        {onBack && (
          <Button variant="default" size="xl" onClick={onBack} leftSection={<IconArrowLeft size={22} />}>
            {backLabel ?? t('nav.back')}
          </Button>
        )}
        <div className="grow" />
        {secondary}
        {primary}
      </footer>
    </div>
  );
}
