import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { InvitationPage, tokenIn } from '../../console/Invitation';
import { catalogues } from '../../console/words';
import { answerWith, show, type Call } from '../support';

const patient = { timeout: 5000 };
let calls: Call[];
let answer: { status: number; body: unknown };

beforeEach(() => {
  calls = answerWith(() => answer);
  show(<InvitationPage token="abc" />, catalogues);
  fireEvent.change(screen.getByLabelText(/^Your name/), { target: { value: ' Anna Muster ' } });
  fireEvent.change(screen.getByLabelText(/^Password/), { target: { value: 'correct horse' } });
});

describe('an invitation', () => {
  it('is known by its path, and only with a token', () => {
    expect(tokenIn({ pathname: '/invitation', hash: '#abc' })).toBe('abc');
    expect(tokenIn({ pathname: '/invitation', hash: '' })).toBeUndefined();
    expect(tokenIn({ pathname: '/', hash: '#/tickets' })).toBeUndefined();
  });

  it('is accepted with a name and a password, and says how to sign in', async () => {
    answer = { status: 201, body: { user: { login: 'anna@example.com', name: 'Anna Muster' } } };
    fireEvent.click(screen.getByRole('button', { name: 'Join' }));
    expect(await screen.findByText(/with anna@example.com as your name/, {}, patient)).toBeTruthy();
    expect(calls.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/invitations/accept', body: { token: 'abc', name: 'Anna Muster', password: 'correct horse' } });
  });

  it('that has ended says so, and keeps what was typed', async () => {
    answer = { status: 410, body: { code: 'invitation_expired', detail: 'the invitation has expired', title: 'Gone' } };
    fireEvent.click(screen.getByRole('button', { name: 'Join' }));
    expect(await screen.findByRole('alert', {}, patient)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/^Your name/).value).toBe(' Anna Muster ');
  });
});
