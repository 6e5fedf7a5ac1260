import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '../shared/api/http';
import { server } from '../shared/api/server';
import { useErrorText } from '../shared/ui/notices';
import { useSetSession } from './session';
import { useWords } from './words';

export function SignInPage() {
  const { t } = useWords();
  return <div className="centre"><div className="login"><h1>{t('login.title')}</h1><SignIn /></div></div>;
}

export function SignIn() {
  const { t } = useWords();
  const errorText = useErrorText();
  const setSession = useSetSession();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const secret = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => server.signIn(user.trim(), password), onSuccess: setSession, onError: () => secret.current?.select(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const atField = signIn.error instanceof ApiError ? signIn.error.problems[0]?.field : undefined;
  const wrong = signIn.error instanceof ApiError && signIn.error.code === 'wrong_credentials';
  const message = wrong ? t('login.wrong') : signIn.error ? errorText(signIn.error) : undefined;
  return (
    <form className="sign-in" onSubmit={submit}>
      <TextInput
        label={t('login.user')} value={user} autoFocus data-autofocus autoComplete="username" required
        error={atField === '/user' ? message : undefined} onChange={(event) => setUser(event.currentTarget.value)}
      />
      <PasswordInput
        ref={secret} label={t('login.password')} value={password} autoComplete="current-password" required
        error={atField === '/user' ? undefined : message} onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={signIn.isPending}>{t('login.submit')}</Button>
    </form>
  );
}
