import type { Ticket } from '../../shared/api/types';
import { formatMoney, plainQuantity } from '../../shared/format/numbers';
import { storeTime } from '../../shared/format/time';
import { useNames } from '../session';
import { useWords } from '../words';

export function Purchase({ ticket }: { ticket: Ticket }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const { transaction, proof } = ticket;
  return (
    <section className="card">
      <h2>{t('purchase.title')}</h2>
      {!transaction && <p className="dim">{proof?.reason ? t('purchase.none', { reason: proof.reason.replaceAll('_', ' ') }) : t('purchase.none_plain')}</p>}
      {transaction && (
        <>
          <p className="dim tabular">
            {transaction.id} · {name('stores', transaction.store)} · {storeTime(transaction.at, transaction.utc_offset_minutes, language)}
            {proof?.kind === 'typed' && ` · ${t('purchase.typed')}`}
          </p>
          <table className="lines">
            <tbody>
              {transaction.lines.map((line) => (
                <tr key={line.line} className={line.affected_quantity ? 'affected' : undefined}>
                  <td className="tabular right">{plainQuantity(line.quantity)} ×</td>
                  <td>{line.description} <span className="dim tabular">{[line.product_id, line.serial].filter(Boolean).join(' · ')}</span></td>
                  <td>{line.affected_quantity && <b>{t('purchase.affected', { n: plainQuantity(line.affected_quantity) })}</b>}</td>
                  <td className="tabular right">{formatMoney(line.amount, language)}</td>
                </tr>
              ))}
            </tbody>
            {transaction.total && <tfoot><tr><td /><td>{t('purchase.total')}</td><td /><td className="tabular right">{formatMoney(transaction.total, language)}</td></tr></tfoot>}
          </table>
        </>
      )}
    </section>
  );
}
