// Customer → purchase → faulty items → the plugin's form → slip.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useReducer, useRef } from 'react';
import { till } from '../../shared/api/till';
import type { Customer } from '../../shared/api/types';
import { codeFromScan } from '../../shared/format/code';
import { navigate } from '../../shared/nav/hash';
import { useScanner } from '../../shared/scanner/useScanner';
import { ErrorNotice } from '../../shared/ui/notices';
import { openScanned } from '../screens/open';
import { useTill } from '../useTill';
import { CustomersStep } from './CustomersStep';
import { emptyDraft, nextDraft } from './draft';
import { FindStep } from './FindStep';
import { FormStep } from './FormStep';
import { LinesStep } from './LinesStep';
import { ReceiptsStep } from './ReceiptsStep';
import { SlipStep } from './SlipStep';
import { TypedStep } from './TypedStep';

export default function AddTicket({ scan, current }: { scan?: string; current: boolean }) {
  const { state } = useTill();
  const [draft, dispatch] = useReducer(nextDraft, emptyDraft);
  const lookup = useMutation({
    mutationFn: (text: string) => till.lookup(text),
    onSuccess: async (found, text) => {
      const [customer] = found.customers;
      if (found.transactions.length === 0 && customer && found.customers.length === 1) await choose.mutateAsync(customer);
      else dispatch({ type: 'found', text, found });
    },
  });
  const choose = useMutation({
    mutationFn: async (customer: Customer) => {
      const { transactions } = customer.id ? await till.transactionsOf(customer.id) : { transactions: [] };
      dispatch({ type: 'customer', customer, transactions });
    },
  });
  const find = (text: string) => (codeFromScan(text) ? openScanned(text) : lookup.mutate(text));

  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    if (scan) lookup.mutate(scan);
    if (current) {
      void till.current().then((transaction) => transaction && dispatch({ type: 'transaction', transaction, proof: 'looked_up' }));
    }
  }, [current, lookup, scan]);

  // The form has a use of its own for scans: it must not lose what was typed.
  useScanner((text) => {
    if (draft.step !== 'form') find(text);
  });

  const back = () => (draft.trail.length > 0 ? dispatch({ type: 'back' }) : navigate('/'));
  const step = { draft, dispatch, onBack: back };
  const problem = lookup.error ?? choose.error;
  switch (draft.step) {
    case 'customers': return <CustomersStep {...step} onChoose={(customer) => choose.mutate(customer)} />;
    case 'receipts': return <ReceiptsStep {...step} />;
    case 'typed': return <TypedStep {...step} store={state.store} />;
    case 'lines': return <LinesStep {...step} />;
    case 'form': return <FormStep {...step} />;
    case 'slip': return <SlipStep {...step} />;
    default:
      return (
        <FindStep {...step} onText={find} busy={lookup.isPending || choose.isPending} notice={problem ? <ErrorNotice error={problem} /> : undefined} />
      );
  }
}
