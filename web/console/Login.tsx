import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../shared/api/http';
import { server } from '../shared/api/server';
import { useErrorText } from '../shared/ui/notices';
import { useSetSession } from './session';
import { useWords } from './words';

export function Login() {
  const { t } = useWords();
  const errorText = useErrorText();
  const setSession = useSetSession();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({ mutationFn: () => server.signIn(user.trim(), password), onSuccess: setSession });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const atField = signIn.error instanceof ApiError ? signIn.error.problems[0]?.field : undefined;
  const message = signIn.error ? errorText(signIn.error) : undefined;
  return (
    <div className="centre">
      <form className="login" onSubmit={submit}>
        <h1>{t('login.title')}</h1>
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
