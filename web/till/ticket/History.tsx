import type { HistoryEvent } from '../../shared/api/types';
import { exactTime, relativeTime } from '../../shared/format/time';
import { useWords } from '../words';
import { timeOf } from './useTicket';

export function History({ events }: { events: HistoryEvent[] }) {
  const { t, language, word } = useWords();
  if (events.length === 0) return null;
  return (
    <section className="history">
      <h2>{t('ticket.history')}</h2>
      <ol>
        {events.map((event, index) => (
          <li key={event.event_id ?? index}>
            <strong>{word(`event.${event.type}`, event.type)}</strong>
            <span className="dim">
              {(event.actor ?? event.clerk)?.name} {timeOf(event) && (
                <time dateTime={timeOf(event)} title={exactTime(timeOf(event), language)}>{relativeTime(timeOf(event), language)}</time>
              )}
            </span>
            {[event.body?.text, event.body?.note].filter((said) => typeof said === 'string').map((said) => <p key={String(said)}>{String(said)}</p>)}
            <AnswerBy event={event} />
            {event.problem && <p className="to-correct">{event.problem.message}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The date that an event tells the customer. */
function AnswerBy({ event }: { event: HistoryEvent }) {
  const { t, language } = useWords();
  const at = (event.body ?? event.data)?.answer_by;
  return typeof at === 'string' ? <p>{t('due.answer_by')} <time dateTime={at}>{exactTime(at, language)}</time></p> : null;
}
