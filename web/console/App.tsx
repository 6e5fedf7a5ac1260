import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { server } from '../shared/api/server';
import { useLocation } from '../shared/nav/hash';
import { ErrorNotice } from '../shared/ui/notices';
import { Frame } from './frame/Frame';
import { ListScreen } from './list/ListScreen';
import { Login } from './Login';
import { DeskContext, useSession } from './session';

const TicketScreen = lazy(() => import('./ticket/TicketScreen'));
const AddScreen = lazy(() => import('./add/AddScreen'));

export function App() {
  const session = useSession();
  const signedIn = Boolean(session.data);
  const meta = useQuery({ queryKey: ['meta'], queryFn: server.meta, enabled: signedIn, staleTime: 60_000 });
  const error = session.error ?? meta.error;

  if (session.data === null) return <Login />;
  if (error) return <div className="centre"><ErrorNotice error={error} retry={() => void (session.error ? session : meta).refetch()} /></div>;
  if (!session.data || !meta.data) return <div className="centre"><Loader /></div>;
  return (
    <DeskContext.Provider value={{ session: session.data, meta: meta.data }}>
      <Frame>
        <Suspense fallback={<div className="centre"><Loader /></div>}><Screen /></Suspense>
      </Frame>
    </DeskContext.Provider>
  );
}

function Screen() {
  const { path } = useLocation();
  const [, first, second] = path.split('/');
  if (first === 'new') return <AddScreen />;
  if (first === 'tickets' && second) return <TicketScreen key={second} code={decodeURIComponent(second)} />;
  return <ListScreen />;
}
