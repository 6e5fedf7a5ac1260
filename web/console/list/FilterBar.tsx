// Above the list, always there: the search box and every filter. Only the rows scroll.
import { Button, Loader, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { dueFilters, isDueFilter } from '../../shared/ticket/due';
import { DateField } from '../../shared/ui/DateField';
import { countOf, parseSearch, type Filters, type ListFilter, type SingleFilter } from '../filters';
import { useDesk, useNames } from '../session';
import { useWords } from '../words';

interface Props {
  title: string;
  filters: Filters;
  count?: number;
  busy: boolean;
  onChange: (filters: Filters) => void;
  onJump: (code: string) => void;
}

const always: ListFilter[] = ['status', 'priority', 'department', 'store'];
const rare: ListFilter[] = ['category', 'kind', 'verification'];
const kinds = ['complaint', 'suggestion', 'service', 'task'];
const verifications = ['verified', 'pending', 'mismatch', 'unverified', 'rejected'];

export function FilterBar({ title, filters, count, busy, onChange, onJump }: Props) {
  const { t } = useWords();
  const active = countOf(filters);
  const hidden = countOf({ ...filters, status: undefined, priority: undefined, department: undefined, store: undefined, q: undefined });
  const [open, setOpen] = useState(hidden > 0);
  return (
    <header className="filter-bar">
      <div className="filter-top">
        <h1>{title}</h1>
        <span className="dim tabular" aria-live="polite">{count !== undefined && t('list.count', { n: count })}</span>
        {busy && <Loader size="xs" />}
        <SearchBox key={filters.q} initial={filters.q ?? ''} onSearch={(own) => onChange({ ...filters, q: undefined, ...own })} onJump={onJump} />
        <Select
          aria-label={t('list.newest')} w={190} allowDeselect={false} value={filters.sort ?? '-created_at'}
          data={[{ value: '-created_at', label: t('list.newest') }, { value: 'created_at', label: t('list.oldest') }]}
          onChange={(sort) => onChange({ ...filters, sort: sort === '-created_at' ? undefined : (sort ?? undefined) })}
        />
      </div>
      <div className="filter-row">
        {always.map((name) => <ListFilterInput key={name} name={name} filters={filters} onChange={onChange} />)}
        <Button variant="subtle" aria-expanded={open} leftSection={<IconFilter size={16} />} onClick={() => setOpen(!open)}>
          {open ? t('filter.less') : t('filter.more')}
        </Button>
        {active > 0 && <Button variant="subtle" color="gray" leftSection={<IconX size={16} />} onClick={() => onChange({ sort: filters.sort })}>{t('filter.clear')}</Button>}
      </div>
      {open && (
        <div className="filter-row">
          {rare.map((name) => <ListFilterInput key={name} name={name} filters={filters} onChange={onChange} />)}
          <DueInput filters={filters} onChange={onChange} />
          <Day name="created_from" filters={filters} onChange={onChange} />
          <Day name="created_to" filters={filters} onChange={onChange} />
          <Typed name="customer_number" filters={filters} onChange={onChange} />
          <Typed name="code" filters={filters} onChange={onChange} />
          <CustomFilters filters={filters} onChange={onChange} />
        </div>
      )}
    </header>
  );
}

function SearchBox({ initial, onSearch, onJump }: { initial: string; onSearch: (filters: Filters) => void; onJump: (code: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const search = parseSearch(text);
    if ('jump' in search) onJump(search.jump);
    else onSearch(search.filters);
  };
  return (
    <form className="grow" onSubmit={submit} role="search">
      <TextInput
        id="search" aria-label={t('search.label')} placeholder={t('search.hint')} leftSection={<IconSearch size={17} />} value={text}
        rightSection={<kbd>/</kbd>} autoComplete="off" spellCheck={false} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </form>
  );
}

interface FilterProps { filters: Filters; onChange: (filters: Filters) => void }

function useOptions(): Record<ListFilter, { value: string; label: string }[]> {
  const { options } = useNames();
  const { t, word } = useWords();
  return {
    status: options('states'), priority: options('priorities'), department: options('departments'), category: options('categories'),
    store: options('stores'), kind: kinds.map((value) => ({ value, label: word(`kind.${value}`, value) })),
    verification: verifications.map((value) => ({ value, label: t(`verification.${value}` as 'verification.pending') })),
  };
}

function ListFilterInput({ name, filters, onChange }: FilterProps & { name: ListFilter }) {
  const { t } = useWords();
  const data = useOptions()[name];
  const value = filters[name] ?? [];
  return (
    <MultiSelect
      aria-label={t(`filter.${name}`)} placeholder={value.length === 0 ? t(`filter.${name}`) : undefined} data={data} value={value} searchable clearable
      className="filter-input" comboboxProps={{ width: 240, position: 'bottom-start' }} maxDropdownHeight={320}
      onChange={(next) => onChange({ ...filters, [name]: next.length > 0 ? next : undefined })}
    />
  );
}

function DueInput({ filters, onChange }: FilterProps) {
  const { t } = useWords();
  return (
    <Select
      className="filter-input" aria-label={t('filter.due')} placeholder={t('filter.due')} clearable value={isDueFilter(filters.due) ? filters.due : null}
      data={dueFilters.map((value) => ({ value, label: t(`due_filter.${value}`) }))} onChange={(due) => onChange({ ...filters, due: due ?? undefined })}
    />
  );
}

function Day({ name, filters, onChange }: FilterProps & { name: 'created_from' | 'created_to' }) {
  const { t } = useWords();
  const label = t(`filter.${name}`);
  return (
    <DateField
      className="filter-input" aria-label={label} leftSection={<small className="dim">{label}</small>} leftSectionWidth={44} value={filters[name]}
      onChange={(day) => onChange({ ...filters, [name]: day })}
    />
  );
}

function Typed({ name, filters, onChange }: FilterProps & { name: SingleFilter & ('customer_number' | 'code') }) {
  const { t } = useWords();
  return <Committed label={t(`filter.${name}`)} value={filters[name] ?? ''} onCommit={(text) => onChange({ ...filters, [name]: text || undefined })} />;
}

/** Filters by the fields that the chain made searchable. */
function CustomFilters({ filters, onChange }: FilterProps): ReactNode {
  const { meta } = useDesk();
  const { name } = useNames();
  return meta.fields.filter((field) => field.searchable && meta.filters.includes(field.id)).map((field) => (
    <Committed
      key={field.id} label={name('fields', field.id)} value={filters.custom?.[field.id] ?? ''}
      onCommit={(text) => onChange({ ...filters, custom: { ...filters.custom, [field.id]: text } })}
    />
  ));
}

/** A field that asks the server when it is left or on Enter, not at every key. */
function Committed({ label, value, onCommit }: { label: string; value: string; onCommit: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const commit = () => text !== value && onCommit(text.trim());
  return (
    <TextInput
      className="filter-input" aria-label={label} placeholder={label} value={text} onBlur={commit} onKeyDown={(event) => event.key === 'Enter' && commit()} onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
