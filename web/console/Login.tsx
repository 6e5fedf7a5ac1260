import { Alert, Button, Loader, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ApiError } from '../shared/api/http';
import { server } from '../shared/api/server';
import { navigate } from '../shared/nav/hash';
import { useErrorText } from '../shared/ui/notices';
import { useSetSession } from './session';
import { useWords } from './words';

/** Name and password, or a one-time link of the demo (#/login?token=…), which signs in by itself. */
export function Login({ token }: { token?: string }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const setSession = useSetSession();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => server.signIn(user.trim(), password),
    onSuccess: (session) => {
      setSession(session);
      if (token !== undefined) navigate('/tickets', undefined, true);
    },
  });
  const byLink = useMutation({
    mutationFn: (oneTime: string) => server.signInWithToken(oneTime),
    onSuccess: (session) => {
      setSession(null);
      setSession(session);
      navigate('/tickets', undefined, true);
    },
  });
  const tried = useRef(false);
  useEffect(() => {
    if (token === undefined || tried.current) return;
    tried.current = true;
    byLink.mutate(token);
  }, [byLink, token]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  if (token !== undefined && !byLink.error) return <div className="centre"><Loader /></div>;
  const atField = signIn.error instanceof ApiError ? signIn.error.problems[0]?.field : undefined;
  const message = signIn.error ? errorText(signIn.error) : undefined;
  return (
    <div className="centre">
      <form className="login" onSubmit={submit}>
        <h1>{t('login.title')}</h1>
        {byLink.error && <Alert color="yellow">{t('login.link_used')}</Alert>}
        <TextInput
          label={t('login.user')} value={user} autoFocus autoComplete="username" required
          error={atField === '/user' ? message : undefined} onChange={(event) => setUser(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('login.password')} value={password} autoComplete="current-password" required
          error={atField === '/user' ? undefined : message} onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending}>{t('login.submit')}</Button>
      </form>
    </div>
  );
}
