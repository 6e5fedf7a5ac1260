import type { FoundTransaction } from '../api/types';
import { parseAmount } from '../format/numbers';

/** What a person copies from a receipt that no program here knows. */
export interface Typed {
  number: string;
  store: string;
  /** yyyy-mm-dd */
  date: string;
  product: string;
  amount: string;
}

/** Today where the person is, yyyy-mm-dd. */
export function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The exact time is unknown: noon of its day stands for it, and what was bought is one line. */
export function typedReceipt(typed: Typed, currency: string): FoundTransaction {
  const noon = new Date(`${typed.date}T12:00:00`);
  const amount = { amount: parseAmount(typed.amount) ?? 0, currency };
  const product = typed.product.trim();
  return {
    id: typed.number.trim(), type: 'sale', store: typed.store.trim(),
    at: noon.toISOString(), utc_offset_minutes: 0 - noon.getTimezoneOffset(),
    total: typed.amount === '' ? undefined : amount,
    lines: product === '' ? [] : [{ line: 1, product_id: 'typed', description: product, quantity: '1', amount }],
  };
}
