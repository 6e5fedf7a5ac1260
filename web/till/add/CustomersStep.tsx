import type { Customer } from '../../shared/api/types';
import { Page } from '../frame/Page';
import { useWords } from '../words';
import { identifiersOf } from './mask';
import type { StepProps } from './step';
import { Steps } from './Steps';

/** One number, several people: a household shares it. */
export function CustomersStep({ draft, onBack, onChoose }: StepProps & { onChoose: (customer: Customer) => void }) {
  const { t } = useWords();
  return (
    <Page title={t('receipts.which_customer')} aside={<Steps at="find" />} onBack={onBack}>
      <div className="rows">
        {draft.customers.map((customer) => (
          <button type="button" key={customer.id ?? customer.name} className="row" onClick={() => onChoose(customer)}>
            <span className="row-top"><strong>{customer.name}</strong></span>
            <span className="dim tabular">{identifiersOf(customer)}</span>
          </button>
        ))}
      </div>
    </Page>
  );
}
