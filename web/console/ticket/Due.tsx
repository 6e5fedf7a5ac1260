// How a ticket stands to its deadlines, never by colour alone: each state has its words, and the urgent ones an icon.
import { IconAlarm, IconClockExclamation, IconClockX } from '@tabler/icons-react';
import type { Deadlines } from '../../shared/api/types';
import { exactTime, lengthOfTime, relativeTime, timeAhead } from '../../shared/format/time';
import { dueOf, type Due } from '../../shared/ticket/due';
import { Pill } from '../../shared/ui/StatePill';
import { useWords } from '../words';

/** Its state in a word and the deadline that counts; `zone` is that of the store's clock. */
export function DueCell({ ticket, now, zone }: { ticket: Deadlines; now: number; zone?: string }) {
  const { language } = useWords();
  const due = dueOf(ticket, now);
  return (
    <>
      <div className="due"><DueMark due={due} now={now} />{due.state !== 'overdue' && <MissedBefore due={due} zone={zone} />}</div>
      {due.at && <div className="dim one-line"><time className="tabular" dateTime={due.at} title={relativeTime(due.at, language, now)}>{exactTime(due.at, language, zone)}</time></div>}
    </>
  );
}

export function DueMark({ due, now }: { due: Due; now: number }) {
  const { t, language } = useWords();
  const ahead = due.at && Date.parse(due.at) - now;
  if (due.state === 'overdue') {
    return <Pill color="red" icon={<IconClockX size={14} />} label={t('due.overdue', { time: lengthOfTime(-(ahead || 0), language) })} />;
  }
  if (due.state === 'soon') {
    return <Pill color="orange" icon={<IconAlarm size={14} />} label={ahead ? t('due.soon', { time: timeAhead(ahead, language) }) : t('due.soon_plain')} />;
  }
  return ahead ? <span>{timeAhead(ahead, language)}</span> : <span className="dim" title={t('due.none')}>–</span>;
}

/** A small mark: all is well now, but it was not always. */
function MissedBefore({ due, zone }: { due: Due; zone?: string }) {
  const { t, language } = useWords();
  if (!due.missedBefore) return null;
  const text = t('due.missed_before', { time: exactTime(due.missedBefore, language, zone) });
  return <span className="missed-before" role="img" aria-label={text} title={text}><IconClockExclamation size={16} /></span>;
}
