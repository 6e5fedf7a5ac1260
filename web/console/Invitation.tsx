// Where an invitation's link leads: whoever follows it chooses name and password, and signs in with them.
import { Alert, Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../shared/api/http';
import { server } from '../shared/api/server';
import { useErrorText } from '../shared/ui/notices';
import { useWords } from './words';

/** The token behind the link's #, which no server log ever sees; undefined anywhere else. */
export const tokenIn = ({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): string | undefined =>
  pathname === '/invitation' && hash.length > 1 ? hash.slice(1) : undefined;

export function InvitationPage({ token }: { token: string }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({ mutationFn: () => server.acceptInvitation({ token, name: name.trim(), password }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  const problems = accept.error instanceof ApiError ? accept.error.problems : [];
  const at = (field: string) => problems.find((problem) => problem.field === field)?.message;
  const elsewhere = accept.error && !at('/name') && !at('/password') ? errorText(accept.error) : undefined;
  return (
    <div className="centre">
      <div className="login">
        <h1>{t('invitation.title')}</h1>
        {accept.data ? (
          <Alert color="green" icon={<IconUserCheck />} title={t('invitation.done', { name: accept.data.user.name })}>
            {t('invitation.sign_in_as', { login: accept.data.user.login })} <Anchor href="/">{t('login.submit')}</Anchor>
          </Alert>
        ) : (
          <form className="sign-in" onSubmit={submit}>
            {elsewhere && <Alert color="red" role="alert">{elsewhere}</Alert>}
            <TextInput
              label={t('invitation.name')} value={name} autoFocus autoComplete="name" required error={at('/name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('login.password')} description={t('invitation.password_hint')} value={password} autoComplete="new-password" required minLength={10}
              error={at('/password')} onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={accept.isPending}>{t('invitation.accept')}</Button>
          </form>
        )}
      </div>
    </div>
  );
}
