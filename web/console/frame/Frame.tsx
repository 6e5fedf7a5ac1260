import { Avatar, Button, Menu, Modal, UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconKeyboard, IconLogout, IconPlus, IconSelector, IconTextSize } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { server } from '../../shared/api/server';
import { hrefOf, navigate, useLocation } from '../../shared/nav/hash';
import { PreferenceItems } from '../../shared/ui/Preferences';
import { useDesk, useSetSession } from '../session';
import { useWords, type Word } from '../words';
import { useKeys } from './useKeys';
import { ViewList } from './ViewList';

export function useDensity() {
  return useLocalStorage<'wide' | 'tight'>({ key: 'ccms.rows', defaultValue: 'wide' });
}

export function Frame({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const { meta } = useDesk();
  const [help, setHelp] = useState(false);
  const { path } = useLocation();
  useKeys({ '?': () => setHelp(true), n: () => navigate('/new') });
  return (
    <div className="desk">
      <aside className="sidebar">
        <div className="chain">{meta.chain}</div>
        <Button component="a" href={hrefOf('/new')} variant={path === '/new' ? 'filled' : 'light'} leftSection={<IconPlus size={18} />} fullWidth>
          {t('nav.add')}
        </Button>
        <ViewList />
        <div className="grow" />
        <UserMenu onHelp={() => setHelp(true)} />
      </aside>
      <div className="work">{children}</div>
      <Modal opened={help} onClose={() => setHelp(false)} title={t('keys.title')} size="sm"><Keys /></Modal>
    </div>
  );
}

function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t, word } = useWords();
  const { session, meta } = useDesk();
  const setSession = useSetSession();
  const [density, setDensity] = useDensity();
  const signOut = () => void server.signOut().finally(() => setSession(null));
  return (
    <Menu position="top-start" width={230}>
      <Menu.Target>
        <UnstyledButton className="user">
          <Avatar name={session.user.name} color="petrol" size={32} />
          <span><strong>{session.user.name}</strong><small className="dim">{session.user.roles.map((role) => word(`role.${role}`, role.replaceAll('_', ' '))).join(', ')}</small></span>
          <IconSelector size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <PreferenceItems languages={meta.languages} />
        <Menu.Item leftSection={<IconTextSize size={18} />} onClick={() => setDensity(density === 'tight' ? 'wide' : 'tight')}>
          {density === 'tight' ? t('menu.density_off') : t('menu.density')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={18} />} onClick={onHelp}>{t('keys.title')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={signOut}>{t('menu.sign_out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const keys: [string, Word][] = [
  ['j  k  ↓  ↑', 'keys.move'], ['Enter', 'keys.open'], ['/', 'keys.search'], ['n', 'keys.new'], ['c', 'keys.comment'], ['Esc', 'keys.close'], ['?', 'keys.help'],
];

function Keys() {
  const { t } = useWords();
  return <dl className="keys">{keys.map(([key, word]) => <div key={word}><dt><kbd>{key}</kbd></dt><dd>{t(word)}</dd></div>)}</dl>;
}
