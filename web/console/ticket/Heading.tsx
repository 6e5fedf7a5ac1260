import type { Ticket } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { Pill, StatePill } from '../../shared/ui/StatePill';
import { useNames } from '../session';
import { useWords } from '../words';

const verificationHue: Record<string, string> = { verified: 'sage', pending: 'yellow', mismatch: 'red', unverified: 'gray', rejected: 'gray' };

export function Heading({ ticket }: { ticket: Ticket }) {
  const { t, word } = useWords();
  const { name } = useNames();
  const verification = ticket.verification?.state;
  return (
    <div className="heading">
      <h1 className="code">{formatCode(ticket.code)}</h1>
      <div className="pills">
        <StatePill state={ticket.state} />
        {verification && <Pill color={verificationHue[verification] ?? 'gray'} label={t(`verification.${verification}`)} />}
        {ticket.withdrawn && <Pill color="gray" label={t('ticket.withdrawn')} />}
        {ticket.merged && <Pill color="gray" label={t('links.is_merged')} />}
        {ticket.confidential && <Pill color="grape" label={t('common.confidential')} />}
        {ticket.training && <Pill color="orange" label={t('common.training')} />}
      </div>
      <div className="dim">
        {[word(`kind.${ticket.kind}`, ticket.kind), name('categories', ticket.category)].filter(Boolean).join(' · ')}
        {ticket.aliases && ticket.aliases.length > 0 && <> · {t('ticket.alias', { codes: ticket.aliases.map(formatCode).join(', ') })}</>}
      </div>
    </div>
  );
}
