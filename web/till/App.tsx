import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useLocation } from '../shared/nav/hash';
import { ErrorNotice } from '../shared/ui/notices';
import { TopBar } from './frame/TopBar';
import { Enrol } from './screens/Enrol';
import { Home } from './screens/Home';
import { TillContext, useTillState } from './useTill';
import { useWords } from './words';

const AddTicket = lazy(() => import('./add/AddTicket'));
const Search = lazy(() => import('./screens/Search'));
const Unsent = lazy(() => import('./screens/Unsent'));
const TicketPage = lazy(() => import('./ticket/TicketPage'));

export function App() {
  const { t } = useWords();
  const { data: state, error, refetch } = useTillState();
  if (!state) {
    return <div className="centre">{error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Loader />}</div>;
  }
  return (
    <TillContext.Provider value={{ state, dead: error !== null }}>
      <div className="till">
        <TopBar />
        {state.training && <div className="training-band" role="status">{t('training.band')}</div>}
        <Suspense fallback={<div className="centre"><Loader /></div>}>
          {state.status.enrolled ? <Screen /> : <Enrol />}
        </Suspense>
      </div>
    </TillContext.Provider>
  );
}

function Screen() {
  const { path, query } = useLocation();
  const [, first, second] = path.split('/');
  switch (first) {
    // A new scan starts over, even from within the same screen.
    case 'add': return <AddTicket key={query.toString()} scan={query.get('scan') ?? undefined} current={query.has('current')} />;
    case 'search': return <Search />;
    case 'unsent': return <Unsent />;
    case 'ticket': return <TicketPage key={second} code={decodeURIComponent(second ?? '')} />;
    default: return <Home />;
  }
}
