import { Avatar, Button, Switch, UnstyledButton } from '@mantine/core';
import { IconPlayerPlay, IconSkull, IconWifi, IconWifiOff } from '@tabler/icons-react';
import type { Persona, TourState } from '../shared/api/types';
import { useWords } from './words';

export function NetworkControl({ up, busy, onChange }: { up: boolean; busy: boolean; onChange: (up: boolean) => void }) {
  const { t } = useWords();
  return (
    <label className={up ? 'control' : 'control cut'}>
      {up ? <IconWifi size={30} /> : <IconWifiOff size={30} />}
      <span><strong>{up ? t('network.up') : t('network.down')}</strong><small>{up ? t('network.hint_up') : t('network.hint_down')}</small></span>
      <Switch size="xl" checked={up} disabled={busy} aria-label={up ? t('network.up') : t('network.down')} onChange={(event) => onChange(event.currentTarget.checked)} />
    </label>
  );
}

export function TillControl({ dead, busy, onKill, onStart }: { dead: boolean; busy: boolean; onKill: () => void; onStart: () => void }) {
  const { t } = useWords();
  return (
    <div className="control">
      {dead ? <IconPlayerPlay size={30} /> : <IconSkull size={30} />}
      <span><strong>{dead ? t('till.dead') : t('till.kill')}</strong><small>{dead ? t('till.dead_hint') : t('till.kill_hint')}</small></span>
      <Button size="md" color={dead ? undefined : 'red'} loading={busy} onClick={dead ? onStart : onKill}>{dead ? t('till.start') : t('till.kill')}</Button>
    </div>
  );
}

export function Personas({ personas, onChoose }: { personas: TourState['personas']; onChoose: (persona: Persona) => void }) {
  const { t, text } = useWords();
  return (
    <section className="personas" aria-label={t('persona.title')}>
      <h2>{t('persona.title')}</h2>
      <div>
        {personas.map((persona) => (
          <UnstyledButton key={persona.id} onClick={() => onChoose(persona)}>
            <Avatar name={persona.name} color="petrol" size={38} />
            <span><strong>{persona.name}</strong><small>{text(persona.role)}</small></span>
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}
