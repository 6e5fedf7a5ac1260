import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconHome, IconUserCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { till } from '../../shared/api/till';
import { hrefOf } from '../../shared/nav/hash';
import { PreferenceItems } from '../../shared/ui/Preferences';
import { useTill } from '../useTill';
import { useWords } from '../words';
import { NetworkBadge } from './NetworkBadge';

export function TopBar() {
  const { t } = useWords();
  const { state, dead } = useTill();
  const client = useQueryClient();
  const chooseClerk = async (id: string) => {
    await till.setClerk(id);
    await client.invalidateQueries({ queryKey: ['state'] });
  };
  return (
    <header className="top-bar">
      <ActionIcon component="a" href={hrefOf('/')} variant="subtle" aria-label={t('nav.home')}><IconHome size={26} /></ActionIcon>
      <div className="till-name">
        <strong>{state.status.store_name ?? state.store}</strong>
        <span className="dim unbroken">{state.till}</span>
      </div>
      <div className="grow" />
      <NetworkBadge status={state.status} dead={dead} />
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconUserCircle size={24} />} aria-label={t('clerk.switch')}>{state.clerk.name}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('clerk.switch')}</Menu.Label>
          {state.clerks.map((clerk) => (
            <Menu.Item key={clerk.id} fw={clerk.id === state.clerk.id ? 700 : 400} onClick={() => void chooseClerk(clerk.id)}>
              {clerk.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t('menu.more')}><IconDots size={24} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown><PreferenceItems /></Menu.Dropdown>
      </Menu>
    </header>
  );
}
