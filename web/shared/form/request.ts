// Builds the one ticket request that the plugin and the server both take. Unknown fields are refused there, so only
// the agreed ones go out, and nothing empty.
import type { Complainant, Customer, FoundTransaction, Line, Proof, TicketForm, TicketRequest, Transaction } from '../api/types';

export interface RequestParts {
  formId?: string;
  acceptDuplicate?: boolean;
  clerk?: { id: string; name: string };
  store?: string;
  language: string;
  form: TicketForm;
  customer?: Customer;
  transaction?: FoundTransaction;
  /** Line number → how much of it the complaint is about, a decimal string. */
  affected?: Record<number, string>;
  proof: Proof;
  settlement?: Record<string, unknown>;
}

export function buildTicketRequest(parts: RequestParts): TicketRequest {
  const { form, transaction } = parts;
  const request = withoutEmpty({
    form_id: parts.formId,
    accept_duplicate: parts.acceptDuplicate,
    clerk: parts.clerk && { id: parts.clerk.id, name: parts.clerk.name },
    store: parts.store,
    language: parts.language,
    kind: form.kind ?? 'complaint',
    ticket: form.ticket,
    complainant: form.complainant && relevantComplainant(form.complainant),
    customer: parts.customer && customerOf(parts.customer),
    transaction: transaction && transactionOf(transaction, parts.affected ?? {}),
    settlement: parts.settlement,
    proof: parts.proof.kind === 'none' ? { kind: 'none', reason: form.proof?.reason ?? parts.proof.reason } : { kind: parts.proof.kind },
  }) as TicketRequest;
  // Always there, so that what is missing is reported at its own field.
  return { ...request, ticket: request.ticket ?? {} };
}

export function customerOf({ id, name, identifiers }: Customer): Customer {
  return { id, name, identifiers: identifiers?.map(({ type, value }) => ({ type, value })) };
}

/** An anonymous complainant has no name, whatever was typed before "anonymous" was chosen. */
function relevantComplainant(complainant: Complainant): Complainant {
  if (complainant.kind === 'anonymous') return { kind: 'anonymous' };
  const { organisation, ...person } = complainant;
  return complainant.kind === 'organisation' ? { ...person, organisation } : person;
}

export function transactionOf(found: FoundTransaction, affected: Record<number, string>): Transaction {
  const { id, type, original, store, till, at, utc_offset_minutes, total } = found;
  return {
    id, type, original, store, till, at, utc_offset_minutes,
    customer_id: found.customer_id ?? found.customer?.id,
    total: total && { amount: total.amount, currency: total.currency },
    lines: found.lines.map((line) => lineOf(line, affected[line.line])),
  };
}

function lineOf(line: Line, affected: string | undefined): Line {
  const { product_id, description, quantity, serial, batch } = line;
  return {
    line: line.line, product_id, description, quantity,
    amount: { amount: line.amount.amount, currency: line.amount.currency },
    serial, batch, affected_quantity: affected,
  };
}

/** Drops undefined, null, "" and what is empty after that; lists that were given stay lists. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, item]) => [key, typeof item === 'string' ? item.trim() : withoutEmpty(item)] as const)
    .filter(([, item]) => item !== undefined && item !== null && item !== '' && !isEmptyObject(item));
  return Object.fromEntries(kept);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
