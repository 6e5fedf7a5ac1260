// What a ticket belongs to: its case, the complaints of a case, related tickets, and those that were merged.
import { Alert, Anchor, Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { server, type LinkKind } from '../../shared/api/server';
import type { LinkedTicket, Ticket, TicketLinks } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { hrefOf } from '../../shared/nav/hash';
import { ErrorNotice } from '../../shared/ui/notices';
import { StatePill } from '../../shared/ui/StatePill';
import { useWords } from '../words';
import { LinkDialog } from './LinkDialog';
import { MergeDialog } from './MergeDialog';
import { UndoMergeDialog } from './UndoMergeDialog';
import { useRefresh } from './useTicket';

type Dialog = 'link' | 'merge' | 'undo';

const nothing: TicketLinks = { children: { count: 0, open: 0, tickets: [] }, related: [], merged: [] };

export function LinkedTickets({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const [dialog, setDialog] = useState<Dialog>();
  const unlink = useMutation({
    mutationFn: ({ kind, other, key }: { kind: LinkKind; other: string; key: string }) => server.unlink(ticket, kind, other, key),
    onSettled: () => refresh(),
  });
  const links = ticket.links ?? nothing;
  const close = () => setDialog(undefined);
  const remove = (kind: LinkKind, { ticket_id }: LinkedTicket) => () => unlink.mutate({ kind, other: ticket_id, key: crypto.randomUUID() });
  return (
    <section className="card linked" aria-label={t('links.title')}>
      <h2>{t('links.title')}</h2>
      {ticket.merged && <Merged into={links.merged_into} onUndo={() => setDialog('undo')} />}
      <dl className="facts">
        {links.parent && <Row label={t('links.parent')}><Linked ticket={links.parent} onRemove={ticket.merged ? undefined : remove('parent', links.parent)} /></Row>}
        {links.children.count > 0 && (
          <Row label={t('links.children', { n: links.children.count, open: links.children.open })}>
            {links.children.tickets.map((child) => <Linked key={child.ticket_id} ticket={child} />)}
            {links.children.count > links.children.tickets.length && (
              <Anchor href={hrefOf('/tickets', new URLSearchParams({ view: 'all', parent: ticket.code }))}>{t('links.all_children')}</Anchor>
            )}
          </Row>
        )}
        {links.related.length > 0 && (
          <Row label={t('links.related')}>{links.related.map((one) => <Linked key={one.ticket_id} ticket={one} onRemove={ticket.merged ? undefined : remove('related', one)} />)}</Row>
        )}
        {links.merged.length > 0 && <Row label={t('links.merged')}>{links.merged.map((one) => <Linked key={one.ticket_id} ticket={one} byId />)}</Row>}
      </dl>
      {unlink.error ? <ErrorNotice error={unlink.error} /> : null}
      {!ticket.merged && (
        <Group gap="xs" mt="sm">
          <Button variant="default" size="compact-sm" onClick={() => setDialog('link')}>{t('links.add')}</Button>
          <Button variant="default" size="compact-sm" onClick={() => setDialog('merge')}>{t('links.merge')}</Button>
        </Group>
      )}
      {dialog === 'link' && <LinkDialog ticket={ticket} onClose={close} />}
      {dialog === 'merge' && <MergeDialog ticket={ticket} onClose={close} />}
      {dialog === 'undo' && <UndoMergeDialog ticket={ticket} onClose={close} />}
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

/** The code of a merged ticket leads elsewhere: its own page has its id as address. */
function Linked({ ticket, byId, onRemove }: { ticket: LinkedTicket; byId?: boolean; onRemove?: () => void }) {
  const { t } = useWords();
  const code = formatCode(ticket.code);
  return (
    <div className="linked-ticket">
      <Anchor className="code" href={hrefOf(`/tickets/${byId ? ticket.ticket_id : ticket.code}`)} title={ticket.details}>{code}</Anchor>
      <StatePill state={ticket.state} />
      {onRemove && <Button variant="subtle" color="gray" size="compact-xs" aria-label={t('links.remove', { code })} onClick={onRemove}>×</Button>}
    </div>
  );
}

function Merged({ into, onUndo }: { into?: LinkedTicket; onUndo: () => void }) {
  const { t } = useWords();
  return (
    <Alert color="yellow" mb="sm">
      {into ? <>{t('links.merged_into')} <Anchor className="code" href={hrefOf(`/tickets/${into.code}`)}>{formatCode(into.code)}</Anchor></> : t('links.merged_elsewhere')}
      {into && <Group mt="xs"><Button variant="default" size="compact-sm" onClick={onUndo}>{t('links.undo')}</Button></Group>}
    </Alert>
  );
}
