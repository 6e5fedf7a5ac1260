import type { ReactNode } from 'react';
import type { Ticket } from '../../shared/api/types';
import { formatMoney, plainQuantity } from '../../shared/format/numbers';
import { exactTime, storeTime } from '../../shared/format/time';
import { openAnswerBy } from '../../shared/ticket/due';
import { masked } from '../add/mask';
import { useBlankForm } from '../useBlankForm';
import { useWords } from '../words';

export function TicketFacts({ ticket }: { ticket: Ticket }) {
  const { t, text, language, word } = useWords();
  const conditions = useBlankForm().data?.choices?.goods_conditions;
  const { transaction, complainant, goods } = ticket;
  const shown = transaction?.lines.filter((line) => line.affected_quantity !== undefined);
  const customer = typeof ticket.customer === 'string' ? ticket.customer : undefined;
  const answerBy = openAnswerBy(ticket);
  const mobile = ticket.mobile ?? (complainant?.mobile && masked(complainant.mobile));
  return (
    <section className="facts">
      <p className="matter">{ticket.ticket?.details ?? ticket.details}</p>
      <dl>
        <Fact name={t('ticket.since')}>{exactTime(ticket.created_at, language)} · {word(`kind.${ticket.kind}`, ticket.kind)}</Fact>
        <Fact name={t('due.answer_by')}>{answerBy && <time dateTime={answerBy}>{exactTime(answerBy, language)}</time>}</Fact>
        <Fact name={t('ticket.customer')}>{[customer ?? complainant?.name, mobile].filter(Boolean).join(' · ')}</Fact>
        {transaction && (
          <Fact name={t('ticket.purchase')}>
            {transaction.id} · {storeTime(transaction.at, transaction.utc_offset_minutes, language)}
            <ul>
              {(shown?.length ? shown : transaction.lines).map((line) => (
                <li key={line.line}>
                  {plainQuantity(line.affected_quantity ?? line.quantity)} × {line.description} <span className="dim tabular">{formatMoney(line.amount, language)}</span>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {goods && (
          <Fact name={t('ticket.goods')}>
            {[text(conditions?.find(({ id }) => id === goods.condition)?.label) || goods.condition, ...(goods.accessories ?? []), goods.serial, goods.tag, goods.shelf && `${t('act.shelf')} ${goods.shelf}`].filter(Boolean).join(' · ')}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return children ? <><dt>{name}</dt><dd>{children}</dd></> : null;
}
