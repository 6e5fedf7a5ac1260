import { describe, expect, it } from 'vitest';
import { countOf, filtersFromQuery, parseSearch, queryFromFilters, type Filters } from '../../console/filters';
import { combined, filtersOfView } from '../../console/views';

describe('filters in the address', () => {
  const filters: Filters = {
    status: ['open', 'in_progress'], priority: ['high'], store: ['S001'], assignee: 'u1', created_from: '2026-11-01', created_to: '2026-11-21',
    customer_number: '+49 170 1234567', q: 'kettle leaks', custom: { serial_number: 'KS 1' }, sort: 'created_at', due: 'breached',
  };
  it('come back as they went', () => {
    expect(filtersFromQuery(new URLSearchParams(queryFromFilters(filters).toString()))).toEqual(filters);
  });
  it('repeat a key for "or", and name custom fields', () => {
    expect(queryFromFilters({ status: ['open', 'closed'], custom: { serial_number: 'X' } }).toString()).toBe('status=open&status=closed&custom.serial_number=X');
  });
  it('leave out what is empty and ignore what is foreign', () => {
    expect(filtersFromQuery(new URLSearchParams('status=&view=open&at=ABC&q='))).toEqual({});
  });
  it('are counted, the order not', () => expect(countOf(filters)).toBe(10));
});

describe('the search box', () => {
  it('jumps to a bare code, however it is written', () => {
    expect(parseSearch(' k5x1-tpvy-teby ')).toEqual({ jump: 'K5X1TPVYTEBY' });
    expect(parseSearch('1234-5678-9012')).toEqual({ jump: '123456789012' });
  });
  it('takes a bare number for a customer’s', () => {
    expect(parseSearch('0170 1234567')).toEqual({ filters: { customer_number: '0170 1234567' } });
    expect(parseSearch('491701234567')).toEqual({ filters: { customer_number: '491701234567' } });
  });
  it('understands tokens and words', () => {
    expect(parseSearch('status:open priority:high,low dept:repairs created:2026-11-01..2026-11-21 kettle "at the base"')).toEqual({
      filters: { status: ['open'], priority: ['high', 'low'], department: ['repairs'], created_from: '2026-11-01', created_to: '2026-11-21', q: 'kettle at the base' },
    });
  });
  it('takes what a deadline can be for a filter, else for words', () => {
    expect(parseSearch('due:overdue')).toEqual({ filters: { due: 'overdue' } });
    expect(parseSearch('due:tomorrow')).toEqual({ filters: { q: 'due:tomorrow' } });
  });
  it('takes an unknown token for words', () => expect(parseSearch('colour:red')).toEqual({ filters: { q: 'colour:red' } }));
});

describe('views', () => {
  it('are narrowed, and a filter of the person replaces the view’s own', () => {
    const mine = filtersOfView('mine', 'u1', ['ready']);
    expect(combined(mine, { priority: ['high'] })).toEqual({ ...mine, priority: ['high'] });
    expect(combined(mine, { status: ['closed'] }).status).toEqual(['closed']);
  });
  it('ask for what is overdue and due soon, of which a person may choose another', () => {
    expect(filtersOfView('overdue', 'u1', [])).toEqual({ due: 'overdue' });
    expect(filtersOfView('soon', 'u1', [])).toEqual({ due: 'soon' });
    expect(combined(filtersOfView('overdue', 'u1', []), { due: 'breached', priority: ['high'] })).toEqual({ due: 'breached', priority: ['high'] });
  });
  it('know the chain’s own states for what waits to be collected', () => {
    expect(filtersOfView('ready', 'u1', ['ready', 'parcel_ready'])).toEqual({ status: ['ready', 'parcel_ready'] });
  });
});
