import type { Customer } from '../../shared/api/types';

/** What of an identifier the customer display may show: the last four. */
export function masked(value: string): string {
  return value.length > 4 ? `•••• ${value.slice(-4)}` : value;
}

export function identifiersOf(customer: Customer): string {
  return (customer.identifiers ?? []).filter(({ type }) => type !== 'email').map(({ value }) => masked(value)).join(' · ');
}
