import { Button } from '@mantine/core';
import { IconReceiptOff } from '@tabler/icons-react';
import type { FoundTransaction } from '../../shared/api/types';
import { formatMoney } from '../../shared/format/numbers';
import { storeTime } from '../../shared/format/time';
import { EmptyState } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useWords } from '../words';
import type { StepProps } from './step';
import { Steps } from './Steps';

export function ReceiptsStep({ draft, dispatch, onBack }: StepProps) {
  const { t } = useWords();
  const name = draft.customer?.name ?? '';
  return (
    <Page
      title={name ? t('receipts.of', { name }) : t('receipts.title')} aside={<Steps at="receipt" />} onBack={onBack}
      secondary={
        <>
          <Button size="xl" variant="default" onClick={() => dispatch({ type: 'type_receipt' })}>{t('find.typed')}</Button>
          <Button size="xl" variant="default" onClick={() => dispatch({ type: 'no_receipt' })}>{t('find.none')}</Button>
        </>
      }
    >
      <div className="rows">
        {draft.transactions.length === 0 && (
          <EmptyState icon={<IconReceiptOff size={44} stroke={1.4} />} title={t('receipts.empty', { name })} />
        )}
        {draft.transactions.map((transaction) => (
          <Receipt
            key={`${transaction.store} ${transaction.id}`} transaction={transaction}
            onChoose={() => dispatch({ type: 'transaction', transaction, proof: 'looked_up' })}
          />
        ))}
      </div>
    </Page>
  );
}

function Receipt({ transaction, onChoose }: { transaction: FoundTransaction; onChoose: () => void }) {
  const { t, language } = useWords();
  return (
    <button type="button" className="row receipt" onClick={onChoose}>
      <span className="row-top">
        <strong>{storeTime(transaction.at, transaction.utc_offset_minutes, language)}</strong>
        <span className="dim tabular">{transaction.id}</span>
        {transaction.type !== 'sale' && <span>{t(`transaction.${transaction.type}`)}</span>}
        <b className="tabular">{transaction.total && formatMoney(transaction.total, language)}</b>
      </span>
      <span className="row-text">{transaction.lines.map((line) => line.description).join(', ')}</span>
      <span className="dim">{transaction.store} · {t('receipts.lines', { n: transaction.lines.length })}</span>
    </button>
  );
}
