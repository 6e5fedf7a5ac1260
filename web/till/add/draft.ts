// A ticket in the making: what the clerk has said so far, and which question comes next.
import type { Created, Customer, Found, FoundTransaction, FormReply, Proof, TicketForm } from '../../shared/api/types';
import { plainQuantity } from '../../shared/format/numbers';

export type Step = 'find' | 'customers' | 'receipts' | 'typed' | 'lines' | 'form' | 'slip';

export interface Draft {
  step: Step;
  /** Steps gone through, for Back. */
  trail: Step[];
  customers: Customer[];
  transactions: FoundTransaction[];
  customer?: Customer;
  transaction?: FoundTransaction;
  affected: Record<number, string>;
  proof: Proof;
  /** What was looked up and not found: a start for the typed receipt. */
  missed?: string;
  form?: FormReply;
  data?: TicketForm;
  created?: Created;
}

export const emptyDraft: Draft = {
  step: 'find', trail: [], customers: [], transactions: [], affected: {}, proof: { kind: 'none' },
};

export type DraftEvent =
  | { type: 'found'; text: string; found: Found }
  | { type: 'customer'; customer: Customer; transactions: FoundTransaction[] }
  | { type: 'transaction'; transaction: FoundTransaction; proof: 'looked_up' | 'typed' }
  | { type: 'type_receipt' }
  | { type: 'no_receipt' }
  | { type: 'affected'; affected: Record<number, string> }
  | { type: 'lines_done' }
  | { type: 'form'; form: FormReply }
  | { type: 'data'; data: TicketForm }
  | { type: 'created'; created: Created }
  | { type: 'back' };

function goTo(draft: Draft, step: Step, change: Partial<Draft> = {}): Draft {
  return { ...draft, ...change, step, trail: [...draft.trail, draft.step] };
}

export function nextDraft(draft: Draft, event: DraftEvent): Draft {
  switch (event.type) {
    case 'found': return afterLookup(draft, event.text, event.found);
    case 'customer': return goTo(draft, 'receipts', { customer: event.customer, transactions: event.transactions });
    case 'transaction': return withTransaction(draft, event.transaction, event.proof);
    case 'type_receipt': return goTo(draft, 'typed');
    case 'no_receipt': return goTo(draft, 'form', { transaction: undefined, affected: {}, proof: { kind: 'none' }, form: undefined });
    case 'affected': return { ...draft, affected: event.affected };
    case 'lines_done': return goTo(draft, 'form', { form: undefined });
    // What was typed before going back stays; only what the form has new is filled in.
    case 'form': return { ...draft, form: event.form, data: draft.data ?? event.form.data };
    case 'data': return { ...draft, data: event.data };
    case 'created': return goTo(draft, 'slip', { created: event.created });
    case 'back': return { ...draft, step: draft.trail.at(-1) ?? 'find', trail: draft.trail.slice(0, -1) };
  }
}

/** One answer is taken, several are shown, none is said. */
function afterLookup(draft: Draft, text: string, { transactions, customers }: Found): Draft {
  const [transaction] = transactions;
  if (transaction && transactions.length === 1) return withTransaction({ ...draft, missed: undefined }, transaction, 'looked_up');
  if (transactions.length > 1) {
    return goTo(draft, 'receipts', { transactions, customer: customers.length === 1 ? customers[0] : undefined, missed: undefined });
  }
  if (customers.length > 0) return goTo(draft, 'customers', { customers, missed: undefined });
  return { ...draft, step: 'find', missed: text };
}

function withTransaction(draft: Draft, transaction: FoundTransaction, kind: 'looked_up' | 'typed'): Draft {
  const [only] = transaction.lines;
  // The only item is the faulty one, most of the time.
  const affected = only && transaction.lines.length === 1 ? { [only.line]: firstAffected(only.quantity) } : {};
  const change = { transaction, customer: transaction.customer ?? draft.customer, affected, proof: { kind }, form: undefined };
  return goTo(draft, kind === 'typed' || transaction.lines.length === 0 ? 'form' : 'lines', change);
}

/** One piece of several, or all of what is not counted in pieces. */
export function firstAffected(quantity: string): string {
  const plain = plainQuantity(quantity);
  return plain.includes('.') ? plain : '1';
}
