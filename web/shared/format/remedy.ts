import type { Money } from '../api/types';
import { parseAmount } from './numbers';

/** What a customer gets, from its kind and an amount as it was typed, as requests hold it; nothing without a kind. */
export function remedyIn(kind: string | undefined, typed: string, currency: string): { remedy?: { kind: string; amount?: Money } } {
  const amount = parseAmount(typed);
  return kind ? { remedy: { kind, ...(amount === undefined ? {} : { amount: { amount, currency } }) } } : {};
}
