import { Button } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import type { CounterReceipt } from '../shared/api/types';
import { formatMoney } from '../shared/format/numbers';
import { useWords } from './words';

interface Props {
  receipts: CounterReceipt[];
  dead: boolean;
  /** The next thing to do is to scan one of them. */
  wanted: boolean;
  onScan: (receipt: string) => void;
}

/** What customers have brought along. Scanning is the real thing: the till hears it as it hears its own scanner. */
export function Counter({ receipts, dead, wanted, onScan }: Props) {
  const { t } = useWords();
  return (
    <section className={wanted ? 'counter wanted' : 'counter'} aria-label={t('counter.title')}>
      <h2>{t('counter.title')}</h2>
      <ul>
        {receipts.map((receipt) => <Paper key={receipt.id} receipt={receipt} dead={dead} wanted={wanted} onScan={onScan} />)}
      </ul>
    </section>
  );
}

function Paper({ receipt, dead, wanted, onScan }: Omit<Props, 'receipts'> & { receipt: CounterReceipt }) {
  const { t, language } = useWords();
  const { id, customer, items, more_items: more, total } = receipt;
  return (
    <li>
      <strong title={id}>{customer}</strong>
      {items.map((item, index) => (
        <span key={index} className="item"><span>{item}</span>{index === items.length - 1 && more > 0 && <em>{t('counter.more', { n: more })}</em>}</span>
      ))}
      <div className="foot">
        <span className="tabular">{formatMoney(total, language)}</span>
        <Button
          size="compact-sm" variant={wanted ? 'filled' : 'light'} disabled={dead} leftSection={<IconBarcode size={16} />}
          aria-label={t('counter.scan_of', { name: customer })} onClick={() => onScan(id)}
        >
          {t('counter.scan')}
        </Button>
      </div>
    </li>
  );
}
