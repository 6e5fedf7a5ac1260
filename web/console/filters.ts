// The filters of the list: in the address bar (a link is the view), in the search box, and as the server takes them.
import { parseCode } from '../shared/format/code';
import { isDueFilter } from '../shared/ticket/due';

const lists = ['status', 'priority', 'department', 'category', 'store', 'kind', 'verification'] as const;
const singles = ['assignee', 'created_from', 'created_to', 'customer_number', 'code', 'q', 'sort', 'ready', 'due', 'parent'] as const;
export type ListFilter = (typeof lists)[number];
export type SingleFilter = (typeof singles)[number];

/** What narrows the list; an absent filter does not narrow it. `custom` is by field id. */
export type Filters = Partial<Record<ListFilter, string[]>> & Partial<Record<SingleFilter, string>> & {
  custom?: Record<string, string>;
};

const customPrefix = 'custom.';

export function filtersFromQuery(query: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of lists) {
    const values = query.getAll(name).filter(Boolean);
    if (values.length > 0) filters[name] = values;
  }
  for (const name of singles) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  for (const [key, value] of query) {
    if (key.startsWith(customPrefix) && value) filters.custom = { ...filters.custom, [key.slice(customPrefix.length)]: value };
  }
  return filters;
}

/** In a fixed order, so that equal filters are equal addresses. A repeated key means "or". */
export function queryFromFilters(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of lists) for (const value of filters[name] ?? []) query.append(name, value);
  for (const name of singles) if (filters[name]) query.set(name, filters[name]);
  for (const [field, value] of Object.entries(filters.custom ?? {})) if (value) query.set(customPrefix + field, value);
  return query;
}

/** How many filters are set; the order of the list is not one. */
export function countOf(filters: Filters): number {
  return new Set([...queryFromFilters({ ...filters, sort: undefined }).keys()]).size;
}

const aliases: Record<string, ListFilter | SingleFilter> = {
  status: 'status', state: 'status', priority: 'priority', dept: 'department', department: 'department', category: 'category',
  store: 'store', kind: 'kind', verification: 'verification', assignee: 'assignee', mobile: 'customer_number',
  customer: 'customer_number', card: 'customer_number', code: 'code', due: 'due',
};

export type Search = { jump: string } | { filters: Filters };

/**
 * Reads the search box: a bare ticket code jumps to the ticket, a bare number is a customer's, `status:open dept:repairs
 * created:2026-11-01..2026-11-21` are filters, the rest is words ("in quotes" as one).
 */
export function parseSearch(text: string): Search {
  const code = parseCode(text.trim());
  // Twelve digits alone are more likely a customer's number, unless they are written as a code is.
  if (code && (/[A-Z]/i.test(text) || /^\d{4}-\d{4}-\d{4}$/.test(text.trim()))) return { jump: code };
  if (/^\+?[\d\s/()-]{5,}$/.test(text.trim())) return { filters: { customer_number: text.trim() } };
  const filters: Filters = {};
  const words: string[] = [];
  for (const token of text.match(/\w+:"[^"]*"|"[^"]*"|\S+/g) ?? []) {
    if (!takeToken(token, filters)) words.push(token.replace(/^"|"$/g, ''));
  }
  if (words.length > 0) filters.q = words.join(' ');
  return { filters };
}

function takeToken(token: string, filters: Filters): boolean {
  const match = /^(\w+):"?([^"]*)"?$/.exec(token);
  const key = match?.[1]?.toLowerCase();
  const value = match?.[2];
  if (!key || !value) return false;
  if (key === 'created') {
    const [from, to] = value.includes('..') ? value.split('..') : [value, value];
    if (from) filters.created_from = from;
    if (to) filters.created_to = to;
    return true;
  }
  const name = aliases[key];
  if (!name || (name === 'due' && !isDueFilter(value))) return false;
  if ((lists as readonly string[]).includes(name)) filters[name as ListFilter] = [...(filters[name as ListFilter] ?? []), ...value.split(',')];
  else filters[name as SingleFilter] = value;
  return true;
}
