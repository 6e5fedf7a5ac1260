import type { Summary } from '../../shared/api/types';
import { exactTime, relativeTime } from '../../shared/format/time';
import { hrefOf } from '../../shared/nav/hash';
import { openAnswerBy } from '../../shared/ticket/due';
import { Code } from '../../shared/ui/Code';
import { Pill, StatePill } from '../../shared/ui/StatePill';
import { useWords } from '../words';

export function TicketRow({ ticket }: { ticket: Summary }) {
  const { t, language } = useWords();
  const answerBy = openAnswerBy(ticket);
  return (
    <a className="row" href={hrefOf(`/ticket/${ticket.code}`)}>
      <span className="row-top">
        <Code code={ticket.code} />
        <StatePill state={ticket.state} />
        {ticket.ready_to_collect && ticket.state.type !== 'pending' && <Pill color="yellow" label={t('status.ready')} />}
        {ticket.training && <Pill color="orange" label={t('common.training')} />}
        {ticket.delivery && ticket.delivery !== 'delivered' && (
          <Pill color={ticket.delivery === 'quarantined' ? 'red' : 'gray'} label={t(`delivery.${ticket.delivery}`)} />
        )}
        <time className="dim" dateTime={ticket.created_at}>{relativeTime(ticket.created_at, language)}</time>
      </span>
      <span className="row-text">{ticket.details}</span>
      <span className="row-bottom dim">
        <span>{[ticket.customer, ticket.mobile].filter(Boolean).join(' · ')}</span>
        {answerBy && <span>{t('due.answer_by')} <time dateTime={answerBy}>{exactTime(answerBy, language)}</time></span>}
      </span>
    </a>
  );
}
