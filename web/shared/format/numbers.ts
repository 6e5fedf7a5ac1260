import type { Money } from '../api/types';
import { localeOf } from './time';

/** Money of minor units, with the decimals its currency has. */
export function formatMoney(money: Money, language: string): string {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency: money.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(money.amount / 10 ** digits);
}

/** Minor units of what a person typed ("12,50", "12.5", "1.234,00"), or undefined when it is no amount. */
export function parseAmount(text: string, digits = 2): number | undefined {
  const compact = text.replace(/[\s\u00a0']/g, '');
  const match = /^(-?)([\d.,]*?)(?:[.,](\d{0,2}))?$/.exec(compact);
  if (!match || compact.replace(/\D/g, '') === '') return undefined;
  const whole = (match[2] ?? '').replace(/[.,]/g, '');
  const fraction = (match[3] ?? '').padEnd(digits, '0').slice(0, digits);
  const amount = Number(whole || '0') * 10 ** digits + Number(fraction || '0');
  return match[1] ? -amount : amount;
}

/** "2.000" → "2", "-12" → "12": how many were bought or brought back. Decimal strings stay decimal strings. */
export function plainQuantity(quantity: string): string {
  const positive = quantity.replace(/^-/, '');
  return positive.includes('.') ? positive.replace(/\.?0+$/, '') || '0' : positive;
}

export function isWhole(quantity: string): boolean {
  return !plainQuantity(quantity).includes('.');
}
