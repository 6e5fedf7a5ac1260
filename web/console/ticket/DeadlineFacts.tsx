import type { ReactNode } from 'react';
import type { Ticket } from '../../shared/api/types';
import { exactTime, relativeTime } from '../../shared/format/time';
import { dueOf } from '../../shared/ticket/due';
import { useNow } from '../../shared/ui/useNow';
import { useZone } from '../session';
import { useWords, type Word } from '../words';
import { DueMark } from './Due';
import { reportedAt } from './facts';

/** By when somebody has to do something, and what the customer was told; nothing for a ticket without deadlines. */
export function DeadlineFacts({ ticket }: { ticket: Ticket }) {
  const { t, language } = useWords();
  const now = useNow();
  const zone = useZone(reportedAt(ticket));
  const due = dueOf(ticket, now);
  const times: [Word | 'due.answer_by', string | undefined][] = [
    ['due.answer_by', ticket.answer_by], ['deadlines.promised', ticket.promised_answer_by], ['deadlines.first_response', ticket.first_response_by],
    ['deadlines.late_since', due.state === 'overdue' ? due.at : undefined], ['deadlines.missed_before', due.missedBefore],
  ];
  const shown = times.flatMap(([word, at]): ReactNode[] => (at
    ? [<div key={word}><dt>{t(word)}</dt><dd><time className="tabular" dateTime={at} title={relativeTime(at, language, now)}>{exactTime(at, language, zone)}</time></dd></div>]
    : []));
  if (shown.length === 0) return null;
  return (
    <section className="card deadlines">
      <h2>{t('deadlines.title')}{due.state !== 'none' && <DueMark due={due} now={now} />}</h2>
      <dl className="facts">{shown}</dl>
    </section>
  );
}
