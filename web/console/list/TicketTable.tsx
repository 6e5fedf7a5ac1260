import { IconChevronsUp, IconEyeOff, IconSchool, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import type { Ticket } from '../../shared/api/types';
import { formatPhone } from '../../shared/format/phone';
import { exactTime, relativeTime } from '../../shared/format/time';
import { hrefOf } from '../../shared/nav/hash';
import { Code } from '../../shared/ui/Code';
import { StatePill } from '../../shared/ui/StatePill';
import { useNow } from '../../shared/ui/useNow';
import { useDensity } from '../frame/Frame';
import { useDesk, useNames, useZone } from '../session';
import { DueCell } from '../ticket/Due';
import { customerOf, reportedAt, turnOf } from '../ticket/facts';
import { useWords } from '../words';

interface Props {
  tickets: Ticket[];
  selected?: string;
  /** A peek stands beside it: less room. */
  narrow: boolean;
  onSelect: (ticket: Ticket) => void;
  onOpen: (ticket: Ticket) => void;
}

/** A row answers: what, who, where, how long, how long left, whose turn. */
export function TicketTable({ tickets, selected, narrow, onSelect, onOpen }: Props) {
  const { t } = useWords();
  const [density] = useDensity();
  const now = useNow();
  return (
    <table className={`tickets ${density}`}>
      <thead>
        <tr>
          <th className="c-ticket">{t('column.ticket')}</th>
          <th>{t('column.what')}</th>
          <th className="c-who">{t('column.who')}</th>
          {!narrow && <th className="c-where">{t('column.where')}</th>}
          {!narrow && <th className="c-added">{t('column.added')}</th>}
          <th className="c-due">{t('column.due')}</th>
          <th className="c-turn">{t('column.turn')}</th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket) => (
          <Row key={ticket.ticket_id} ticket={ticket} selected={ticket.code === selected} narrow={narrow} now={now} onSelect={() => onSelect(ticket)} onOpen={() => onOpen(ticket)} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps { ticket: Ticket; selected: boolean; narrow: boolean; now: number; onSelect: () => void; onOpen: () => void }

function Row({ ticket, selected, narrow, now, onSelect, onOpen }: RowProps) {
  const { language } = useWords();
  const { name } = useNames();
  const { meta } = useDesk();
  const zone = useZone(reportedAt(ticket));
  const store = name('stores', reportedAt(ticket));
  // Every store begins with the chain's name; in a narrow column only the rest tells them apart.
  const shortStore = store.startsWith(`${meta.chain} `) ? store.slice(meta.chain.length + 1) : store;
  return (
    <tr id={`row-${ticket.code}`} aria-selected={selected} onClick={onSelect} onDoubleClick={onOpen}>
      <td>
        <a href={hrefOf(`/tickets/${ticket.code}`)} onClick={(event) => event.stopPropagation()}><Code code={ticket.code} /></a>
        <div><StatePill state={ticket.state} /></div>
      </td>
      <td>
        <div className="one-line"><Flags ticket={ticket} /><strong>{name('categories', ticket.category) || ticket.kind}</strong></div>
        <div className="one-line dim">{ticket.details}</div>
      </td>
      <td><div className="one-line">{customerOf(ticket).name}</div><div className="dim tabular one-line">{formatPhone(customerOf(ticket).mobile ?? '')}</div></td>
      {!narrow && <td><div className="one-line">{shortStore}</div></td>}
      {!narrow && <td><time className="tabular" dateTime={ticket.created_at} title={exactTime(ticket.created_at, language, zone)}>{relativeTime(ticket.created_at, language)}</time></td>}
      <td><DueCell ticket={ticket} now={now} zone={zone} /></td>
      <td className="c-turn"><Turn ticket={ticket} /></td>
    </tr>
  );
}

function Turn({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { name } = useNames();
  const turn = turnOf(ticket);
  return (
    <>
      <div className={turn.person ? 'one-line' : 'clamp'}>{turn.person ?? (turn.key ? t(turn.key) : name('departments', ticket.department))}</div>
      {turn.person && <div className="dim one-line">{name('departments', ticket.department)}</div>}
    </>
  );
}

function Flags({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { name } = useNames();
  const { meta } = useDesk();
  // The last of the chain's priorities is its highest.
  const highest = ticket.priority !== undefined && meta.priorities.at(-1)?.id === ticket.priority;
  const verification = ticket.verification?.state;
  return (
    <>
      {highest && <IconChevronsUp size={16} className="flag red" aria-label={name('priorities', ticket.priority)} />}
      {verification === 'mismatch' && <IconShieldX size={16} className="flag red" aria-label={t('verification.mismatch')} />}
      {verification === 'pending' && <IconShieldQuestion size={16} className="flag amber" aria-label={t('verification.pending')} />}
      {ticket.confidential && <IconEyeOff size={16} className="flag" aria-label={t('common.confidential')} />}
      {ticket.training && <IconSchool size={16} className="flag amber" aria-label={t('common.training')} />}
    </>
  );
}
