// The buyer's first five minutes: till, phone and console side by side, the real things, and what may be done to them.
import { Button, Loader, Menu } from '@mantine/core';
import { IconDots, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { tour } from '../shared/api/tour';
import type { Persona, TourState } from '../shared/api/types';
import { formatCode } from '../shared/format/code';
import { ErrorNotice } from '../shared/ui/notices';
import { PreferenceItems } from '../shared/ui/Preferences';
import { scanInto } from '../till/externalScanner';
import { NetworkControl, Personas, TillControl } from './Controls';
import { Counter } from './Counter';
import { Pane } from './Pane';
import { Phone } from './Phone';
import { StepLine } from './StepLine';
import { useWords } from './words';

const refreshMs = 1000;
export type Focus = 'till' | 'console';

const atTheDesk = new Set(['notified', 'start', 'ready', 'close']);

function nextStep(steps: TourState['steps']): string | undefined {
  return steps.find((step) => !step.done)?.id;
}

/** Where the next step happens is large; a person's own choice stands until a step is done. */
export function focusFor(steps: TourState['steps']): Focus {
  const next = nextStep(steps);
  return !next || atTheDesk.has(next) ? 'console' : 'till';
}

export function App() {
  const { t } = useWords();
  const { data: state, error, refetch } = useQuery({
    queryKey: ['tour'], queryFn: ({ signal }) => tour.state(signal), refetchInterval: refreshMs, retry: false,
  });
  if (!state) {
    return <div className="centre">{error ? <ErrorNotice error={new Error(t('tour.unreachable'))} retry={() => void refetch()} /> : <Loader />}</div>;
  }
  return <Tour state={state} lost={error !== null} />;
}

function Tour({ state, lost }: { state: TourState; lost: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const done = state.steps.filter((step) => step.done).length;
  const next = nextStep(state.steps);
  const collecting = next === 'hand_over' ? state.ticket?.code : undefined;
  const [focus, setFocus] = useState<Focus>(() => focusFor(state.steps));
  // A new generation of a pane is loaded afresh.
  const [generation, setGeneration] = useState({ till: 0, console: 0 });
  const [signedIn, setSignedIn] = useState(false);
  // After a crash the first look is at what the till has saved.
  const [tillView, setTillView] = useState('');
  useEffect(() => setFocus(focusFor(state.steps)), [done]); // eslint-disable-line react-hooks/exhaustive-deps

  const act = useMutation({
    mutationFn: (what: () => Promise<unknown>) => what(),
    onSettled: () => client.invalidateQueries({ queryKey: ['tour'] }),
  });
  const tillFrame = useRef<HTMLIFrameElement>(null);
  const scan = (text: string) => {
    setFocus('till');
    if (tillFrame.current?.contentWindow) scanInto(tillFrame.current.contentWindow, state.till_url, text);
  };
  const reload = (pane: Focus) => setGeneration((value) => ({ ...value, [pane]: value[pane] + 1 }));
  const become = async ({ id }: Persona) => {
    await tour.persona(id);
    setSignedIn(true);
    reload('console');
    setFocus('console');
  };
  const startTill = async () => {
    await tour.startTill();
    setTillView('#/unsent');
    reload('till');
  };
  const reset = async () => {
    await tour.reset();
    setSignedIn(false);
    setTillView('');
    reload('till');
    reload('console');
  };
  return (
    <div className="tour">
      <header>
        <h1>{t('tour.title')}</h1>
        <StepLine steps={state.steps} />
        <Button variant="default" leftSection={<IconRefresh size={18} />} onClick={() => act.mutate(reset)}>{t('tour.reset')}</Button>
        <Menu position="bottom-end" width={200}>
          <Menu.Target><Button variant="default" px="xs" aria-label={t('common.language')}><IconDots size={18} /></Button></Menu.Target>
          <Menu.Dropdown><PreferenceItems /></Menu.Dropdown>
        </Menu>
      </header>
      {lost && <div className="lost" role="alert">{t('tour.unreachable')}</div>}
      <div className={`panes focus-${focus}`}>
        <div className="column">
          <Pane
            key={`till-${generation.till}`} title={t('pane.till')} url={state.till_url + tillView} logical={{ width: 1024, height: 768 }} large={focus === 'till'}
            onEnlarge={() => setFocus('till')} dead={state.till === 'dead'} frame={tillFrame}
          />
          <Counter receipts={state.receipts} dead={state.till === 'dead'} wanted={next === 'ticket'} onScan={scan} />
          <div className="controls">
            <NetworkControl wanted={next === 'offline' || next === 'reconnect'} up={state.network === 'up'} busy={act.isPending} onChange={(up) => act.mutate(() => tour.network(up))} />
            <TillControl wanted={next === 'kill' || next === 'alive'} dead={state.till === 'dead'} busy={act.isPending} onKill={() => act.mutate(tour.killTill)} onStart={() => act.mutate(startTill)} />
          </div>
        </div>
        <Phone messages={state.messages} onShowCode={collecting ? () => scan(formatCode(collecting)) : undefined} />
        <div className="column">
          <Pane
            key={`console-${generation.console}`} title={t('pane.console')} url={state.console_url} logical={{ width: 1280, height: 960 }} large={focus === 'console'}
            onEnlarge={() => setFocus('console')}
          />
          <Personas
            personas={state.personas.filter(({ where }) => where === 'console')} wanted={next === 'start' && !signedIn}
            onChoose={(persona) => act.mutate(() => become(persona))}
          />
        </div>
      </div>
    </div>
  );
}
