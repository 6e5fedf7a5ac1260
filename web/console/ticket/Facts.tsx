import type { ReactNode } from 'react';
import type { Money, Ticket } from '../../shared/api/types';
import { formatMoney } from '../../shared/format/numbers';
import { formatPhone } from '../../shared/format/phone';
import { exactTime, relativeTime } from '../../shared/format/time';
import { useDesk, useNames, useZone } from '../session';
import { useWords } from '../words';
import { assigneeOf, customerOf, reportedAt } from './facts';

export function Facts({ ticket }: { ticket: Ticket }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const store = typeof ticket.store === 'object' ? ticket.store : undefined;
  const zone = useZone(reportedAt(ticket));
  const { requested } = ticket;
  const asked = (list: 'departments' | 'priorities', wanted: string | undefined, now: string | undefined) =>
    wanted && wanted !== now ? <span className="dim"> ({t('ticket.requested', { what: name(list, wanted) })})</span> : null;
  const customer = customerOf(ticket);
  const goods = ticket.goods;
  return (
    <dl className="facts">
      <Fact name={t('ticket.customer')}>
        {customer.name}
        <div className="dim tabular">{[customer.mobile && formatPhone(customer.mobile), ticket.complainant?.email].filter(Boolean).join(' · ')}</div>
        {ticket.consent_to_contact === false && <div className="warn">{t('ticket.no_consent')}</div>}
      </Fact>
      <Fact name={t('ticket.department')}>
        {name('departments', ticket.department)}{asked('departments', requested?.department, ticket.department)}
        {ticket.routing?.explanation && <div className="dim">{ticket.routing.explanation}</div>}
      </Fact>
      <Fact name={t('ticket.priority')}>{name('priorities', ticket.priority)}{asked('priorities', requested?.priority, ticket.priority)}</Fact>
      <Fact name={t('ticket.assignee')}>{assigneeOf(ticket)?.name}</Fact>
      <Fact name={t('ticket.outcome')}>{ticket.outcome_sought}</Fact>
      <Fact name={t('ticket.store')}>{name('stores', reportedAt(ticket))}{ticket.till && <span className="dim"> · <span className="unbroken">{ticket.till}</span></span>}</Fact>
      <Fact name={t('ticket.collect')}>{name('stores', store?.collect_at)}</Fact>
      <Fact name={t('ticket.clerk')}>{ticket.clerk?.name}</Fact>
      <Fact name={t('ticket.created')}>
        <time dateTime={ticket.created_at} title={relativeTime(ticket.created_at, language)}>{exactTime(ticket.created_at, language, zone)}</time>
        {Math.abs(ticket.clock_offset_ms ?? 0) > 60_000 && <div className="dim">{t('ticket.clock', { n: Math.round((ticket.clock_offset_ms ?? 0) / 1000) })}</div>}
      </Fact>
      <Custom ticket={ticket} />
      {goods && <Fact name={t('ticket.goods')}>{[goods.condition, ...(goods.accessories ?? []), goods.serial, goods.tag, goods.shelf].filter(Boolean).join(' · ')}</Fact>}
      {ticket.resolution && (
        <Fact name={t('ticket.resolution')}>{name('resolution_codes', ticket.resolution.code)}<div className="dim">{ticket.resolution.note}</div></Fact>
      )}
    </dl>
  );
}

function Custom({ ticket }: { ticket: Ticket }): ReactNode {
  const { name } = useNames();
  return Object.entries(ticket.custom ?? {}).map(([field, value]) => (
    <Fact key={field} name={name('fields', field)}><CustomValue field={field} value={value} /></Fact>
  ));
}

function CustomValue({ field, value }: { field: string; value: unknown }): ReactNode {
  const { t, text, language } = useWords();
  const { meta } = useDesk();
  const known = meta.fields.find((one) => one.id === field);
  const option = (id: unknown) => text(known?.options?.find((one) => one.id === id)?.label) || String(id);
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (known?.type === 'money') return formatMoney(value as Money, language);
  return Array.isArray(value) ? value.map(option).join(', ') : option(value);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const empty = children === undefined || children === null || children === '' || (Array.isArray(children) && children.every((child) => !child));
  return empty ? null : <div><dt>{name}</dt><dd>{children}</dd></div>;
}
