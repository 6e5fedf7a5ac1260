import { Button, SegmentedControl, Skeleton, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { server } from '../../shared/api/server';
import type { HistoryEvent, Money } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { formatMoney } from '../../shared/format/numbers';
import { exactTime, relativeTime } from '../../shared/format/time';
import { ErrorNotice } from '../../shared/ui/notices';
import { useNames, useZone } from '../session';
import { useWords, type Word } from '../words';
import { deadlineEvent, type Speech } from './deadlineEvents';
import { useHistory, useRefresh } from './useTicket';

/** Everything that happened, newest first, and the place to add a word. */
export function Timeline({ id, store }: { id: string; store?: string }) {
  const { t } = useWords();
  const { data, error } = useHistory(id);
  const newestFirst = withoutEchoes(data ?? []).reverse();
  return (
    <section className="timeline">
      <h2>{t('comment.title')}</h2>
      <Composer id={id} />
      <h2>{t('history.title')}</h2>
      {error ? <ErrorNotice error={error} /> : null}
      {!data && !error && <Skeleton height={160} />}
      <ol>{newestFirst.map((event, index) => <Entry key={event.event_id ?? index} event={event} store={store} />)}</ol>
    </section>
  );
}

/** One action may say both what it was and that the status changed: its own name is enough. */
export function withoutEchoes(events: HistoryEvent[]): HistoryEvent[] {
  const named = new Set(events.filter((event) => event.type !== 'state_changed').map(momentOf));
  return events.filter((event) => event.type !== 'state_changed' || !named.has(momentOf(event)));
}

function momentOf({ at, data }: HistoryEvent): string {
  return `${at} ${String(data?.transition ?? '')}`;
}

function Composer({ id }: { id: string }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const [text, setText] = useState('');
  const [visibility, setVisibility] = useState<'internal' | 'public'>('internal');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const add = useMutation({
    mutationFn: () => server.comment(id, text.trim(), visibility, key),
    onSuccess: async () => {
      setText('');
      setKey(crypto.randomUUID());
      await refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) add.mutate();
  };
  return (
    <form className={`composer ${visibility}`} onSubmit={submit}>
      <Textarea
        id="comment" aria-label={t('comment.title')} placeholder={visibility === 'internal' ? t('comment.hint') : t('comment.hint_public')} autosize minRows={2} maxRows={8}
        value={text} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
      />
      {add.error ? <ErrorNotice error={add.error} /> : null}
      <div>
        <SegmentedControl
          size="xs" value={visibility} onChange={(value) => setVisibility(value as 'internal' | 'public')}
          data={[{ value: 'internal', label: t('comment.internal') }, { value: 'public', label: t('comment.public') }]}
        />
        <Button type="submit" size="compact-md" disabled={!text.trim()} loading={add.isPending}>{t('comment.send')}</Button>
      </div>
    </form>
  );
}

function Entry({ event, store }: { event: HistoryEvent; store?: string }) {
  const zone = useZone(store);
  const { t, language, word } = useWords();
  const at = event.at ?? event.created_at ?? '';
  const actor = event.actor ?? event.clerk;
  const shown = useDescription(event, zone);
  return (
    <li className={event.type}>
      <div>
        <strong>{word(`event.${event.type}`, event.type.replaceAll('_', ' '))}</strong>
        <span className="dim"> {actor && actor.type !== 'system' && t('history.by', { name: actor.name || actor.id })}</span>
        {at && <time className="dim" dateTime={at} title={exactTime(at, language, zone)}>{relativeTime(at, language)}</time>}
      </div>
      {shown && <p className={event.type === 'commented' ? 'comment' : 'dim'}>{shown}</p>}
    </li>
  );
}

/** What the event says besides its name, in the chain's words. */
function useDescription(event: HistoryEvent, zone: string | undefined): string {
  const { t, word, language } = useWords();
  const { name } = useNames();
  const { type, data: body = {} } = event;
  const speech: Speech = { word, name, say: (key, values) => t(key as Word, values), time: (at) => exactTime(at, language, zone) };
  const string = (key: string) => (typeof body[key] === 'string' ? (body[key] as string) : undefined);
  const verification = string('verification');
  const document = string('attachment');
  /** What a step or a settlement gave the customer. */
  const remedyOf = (remedy: unknown) => {
    const { kind, amount } = (remedy ?? {}) as { kind?: string; amount?: Money };
    return [kind && word(`remedy.${kind}`, kind), amount && formatMoney(amount, language)];
  };
  const aboutDeadlines = deadlineEvent(event, speech);
  if (aboutDeadlines !== undefined) return aboutDeadlines;
  const parts = [
    type === 'commented' && string('visibility') === 'public' ? `${t('comment.public')}: ${string('text') ?? ''}` : string('text'),
    // Handing over says to whom, other events to which state.
    type === 'handed_over' ? string('to') : name('states', string('to')),
    otherTicket(body.ticket), type === 'merged_ticket_changed' && word(`event.${string('event') ?? ''}`, string('event') ?? ''),
    name('departments', string('department')), verification && t(`verification.${verification}` as 'verification.pending'),
    name('resolution_codes', string('resolution_code')), name('rejection_reasons', string('reason')), string('note'),
    ...remedyOf(body.remedy), document && t('history.document', { document }), string('condition'), string('shelf'),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The other ticket of a link or a merge; none where the reader may not see it. */
function otherTicket(ticket: unknown): string | undefined {
  const { code } = (ticket ?? {}) as { code?: string };
  return code && formatCode(code);
}
