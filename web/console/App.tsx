import { Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { server } from '../shared/api/server';
import { useLocation } from '../shared/nav/hash';
import { ErrorNotice } from '../shared/ui/notices';
import { Frame } from './frame/Frame';
import { InvitationPage, tokenIn } from './Invitation';
import { ListScreen } from './list/ListScreen';
import { SignIn, SignInPage } from './Login';
import { DeskContext, useHasEnded, useSession } from './session';
import { useWords } from './words';

const TicketScreen = lazy(() => import('./ticket/TicketScreen'));
const AddScreen = lazy(() => import('./add/AddScreen'));

export function App() {
  const token = tokenIn(window.location);
  return token === undefined ? <Desk /> : <InvitationPage token={token} />;
}

function Desk() {
  const { t } = useWords();
  const session = useSession();
  const ended = useHasEnded(session.data ? session.dataUpdatedAt : 0);
  const signedIn = Boolean(session.data);
  const meta = useQuery({ queryKey: ['meta'], queryFn: server.meta, enabled: signedIn, staleTime: 60_000 });
  const error = session.error ?? meta.error;

  if (session.data === null) return <SignInPage />;
  if (error && !ended) return <div className="centre"><ErrorNotice error={error} retry={() => void (session.error ? session : meta).refetch()} /></div>;
  if (!session.data || !meta.data) return <div className="centre"><Loader /></div>;
  return (
    <DeskContext.Provider value={{ session: session.data, meta: meta.data }}>
      {/* Above the work: what is being typed is still there afterwards. */}
      <Modal opened={ended} onClose={() => {}} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false} title={t('login.again')} centered>
        <SignIn />
      </Modal>
      <Frame key={session.data.user.id}>
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
