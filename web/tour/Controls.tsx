import { Avatar, Button, Switch, UnstyledButton } from '@mantine/core';
import { IconPlayerPlay, IconSkull, IconWifi, IconWifiOff } from '@tabler/icons-react';
import type { Persona, TourState } from '../shared/api/types';
import { useWords } from './words';

/** The next step is done with this control: it stands out, as the step does. */
interface Wanted { wanted: boolean }

const standing = (wanted: boolean, ...names: string[]) => [...names, wanted ? 'wanted' : ''].filter(Boolean).join(' ');

export function NetworkControl({ up, busy, wanted, onChange }: Wanted & { up: boolean; busy: boolean; onChange: (up: boolean) => void }) {
  const { t } = useWords();
  return (
    <label className={standing(wanted, 'control', up ? '' : 'cut')}>
      {up ? <IconWifi size={30} /> : <IconWifiOff size={30} />}
      <span><strong>{up ? t('network.up') : t('network.down')}</strong><small>{up ? t('network.hint_up') : t('network.hint_down')}</small></span>
      <Switch size="xl" checked={up} disabled={busy} aria-label={up ? t('network.up') : t('network.down')} onChange={(event) => onChange(event.currentTarget.checked)} />
    </label>
  );
}

export function TillControl({ dead, busy, wanted, onKill, onStart }: Wanted & { dead: boolean; busy: boolean; onKill: () => void; onStart: () => void }) {
  const { t } = useWords();
  return (
    <div className={standing(wanted, 'control')}>
      {dead ? <IconPlayerPlay size={30} /> : <IconSkull size={30} />}
      <span><strong>{dead ? t('till.dead') : t('till.kill')}</strong><small>{dead ? t('till.dead_hint') : t('till.kill_hint')}</small></span>
      <Button size="md" color={dead ? undefined : 'red'} loading={busy} onClick={dead ? onStart : onKill}>{dead ? t('till.start') : t('till.kill')}</Button>
    </div>
  );
}

export function Personas({ personas, wanted, onChoose }: Wanted & { personas: TourState['personas']; onChoose: (persona: Persona) => void }) {
  const { t, text } = useWords();
  return (
    <section className={standing(wanted, 'personas')} aria-label={t('persona.title')}>
      <h2>{t('persona.title')}</h2>
      <div>
        {personas.map((persona) => (
          <UnstyledButton key={persona.id} onClick={() => onChoose(persona)}>
            <Avatar name={text(persona.name)} color="petrol" size={38} />
            <span><strong>{text(persona.name)}</strong><small>{text(persona.role)}</small></span>
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}
