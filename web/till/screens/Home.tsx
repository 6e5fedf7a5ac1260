import { Button } from '@mantine/core';
import { IconAlertTriangle, IconMessagePlus, IconPackage, IconSearch, IconShoppingCart } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { till } from '../../shared/api/till';
import { hrefOf } from '../../shared/nav/hash';
import { useScanner } from '../../shared/scanner/useScanner';
import { ScanBox } from '../frame/ScanBox';
import { useTill } from '../useTill';
import { useWords } from '../words';
import { openScanned } from './open';

export function Home() {
  const { t } = useWords();
  const { state } = useTill();
  const { data: current } = useQuery({ queryKey: ['current'], queryFn: till.current, refetchInterval: 5000 });
  useScanner(openScanned);
  const quarantined = state.status.quarantined;
  return (
    <div className="home">
      <ScanBox onText={openScanned} />
      {current && (
        <Button component="a" href={hrefOf('/add', new URLSearchParams({ current: '1' }))} variant="light" leftSection={<IconShoppingCart size={24} />}>
          {t('home.current')}
        </Button>
      )}
      <nav aria-label={t('nav.section')}>
        <h2>{t('nav.section')}</h2>
        <div className="tiles">
          <Tile primary href={hrefOf('/add')} icon={<IconMessagePlus size={44} stroke={1.6} />} title={t('nav.add')} hint={t('nav.add_hint')} />
          <Tile href={hrefOf('/search')} icon={<IconSearch size={44} stroke={1.6} />} title={t('nav.search')} hint={t('nav.search_hint')} />
        </div>
      </nav>
      <div className="counts">
        <Count
          href={hrefOf('/search', new URLSearchParams({ ready: '1' }))} icon={<IconPackage size={30} />}
          count={state.ready_to_collect} title={t('home.ready')} hint={t('home.ready_hint')}
        />
        {quarantined > 0 && (
          <Count
            href={hrefOf('/unsent')} icon={<IconAlertTriangle size={30} />} count={quarantined} warn
            title={t('home.attention')} hint={t('home.attention_hint')}
          />
        )}
      </div>
    </div>
  );
}

interface TileProps { href: string; icon: ReactNode; title: string; hint: string }

function Tile({ href, icon, title, hint, primary }: TileProps & { primary?: boolean }) {
  return (
    <a className={primary ? 'tile primary' : 'tile'} href={href}>
      {icon}
      <span><strong>{title}</strong><small>{hint}</small></span>
    </a>
  );
}

function Count({ href, icon, title, hint, count, warn }: TileProps & { count: number; warn?: boolean }) {
  return (
    <a className={warn ? 'count warn' : 'count'} href={href}>
      {icon}
      <span><strong>{title}</strong><small>{hint}</small></span>
      <b className="tabular">{count}</b>
    </a>
  );
}
