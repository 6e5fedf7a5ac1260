// What travels between the screens and the two programs behind them. Names are those of the JSON.
import type { RJSFSchema, UiSchema } from '@rjsf/utils';

/** A text in the chain's languages, or already chosen by the sender. */
export type Text = string | Record<string, string>;

export interface Problem {
  code: string;
  message: string;
  /** JSON pointer into the request. */
  field?: string;
}

export type StateType = 'new' | 'open' | 'in_progress' | 'pending' | 'resolved' | 'closed' | 'invalid';

export interface TicketState {
  id: string;
  type: StateType;
  label: Text;
  customer_label?: Text;
  ready_to_collect?: boolean;
}

export interface Money {
  /** Minor units. */
  amount: number;
  currency: string;
}

export interface Identifier {
  type: 'mobile' | 'card' | 'account' | 'email';
  value: string;
}

export interface Customer {
  id?: string;
  name?: string;
  identifiers?: Identifier[];
}

export interface Line {
  line: number;
  product_id: string;
  description: string;
  /** Decimal string. */
  quantity: string;
  amount: Money;
  serial?: string;
  batch?: string;
  affected_quantity?: string;
}

export interface Transaction {
  id: string;
  type: 'sale' | 'return' | 'exchange';
  original?: string;
  store: string;
  till?: string;
  at: string;
  utc_offset_minutes: number;
  customer_id?: string;
  total?: Money;
  lines: Line[];
}

/** What the host's look-up gives: a transaction with its customer beside it. */
export interface FoundTransaction extends Transaction {
  customer?: Customer;
}

export interface Actor {
  type?: 'clerk' | 'staff' | 'customer' | 'system' | 'till' | 'client';
  id: string;
  name: string;
}

export interface Complainant {
  kind: 'member' | 'contact' | 'anonymous' | 'organisation';
  name?: string;
  mobile?: string;
  email?: string;
  organisation?: string;
}

export interface Proof {
  kind: 'looked_up' | 'typed' | 'none';
  reason?: string;
}

export interface TicketFields {
  department?: string;
  priority?: string;
  category?: string;
  details?: string;
  outcome_sought?: string;
  consent_to_contact?: boolean;
  confidential?: boolean;
  collect_at?: string;
  custom?: Record<string, unknown>;
}

/** The part of a ticket request that a schema form edits. */
export interface TicketForm {
  kind?: string;
  ticket?: TicketFields;
  complainant?: Complainant;
  proof?: Proof;
}

export interface TicketRequest extends TicketForm {
  form_id?: string;
  accept_duplicate?: boolean;
  clerk?: { id: string; name: string };
  language?: string;
  store?: string;
  customer?: Customer;
  transaction?: Transaction;
  /** Till only: the customer was helped on the spot. */
  settlement?: Record<string, unknown>;
}

export interface FormReply {
  form_id?: string;
  settings_version?: number;
  schema: RJSFSchema;
  ui_schema: UiSchema;
  data: TicketForm;
  filters?: { schema: RJSFSchema; ui_schema: UiSchema };
  /** The chain's lists for what is not on the form. */
  choices?: Choices;
}

export interface Choices {
  withdrawal_reasons?: Named[];
  goods_conditions?: Named[];
  resolution_codes?: Named[];
  /** What a settlement may give; amounts in minor units. */
  remedies?: { id: string; approval_above?: number; at_most?: number }[];
  amend_window_minutes?: number;
  currency?: string;
}

export interface Slip {
  title: string;
  chain?: string;
  store?: string;
  code: string;
  lines: string[];
  qr: string;
  text: string;
}

/** RFC 3339 times of a ticket's turn-around times; each is absent where there is none now. */
export interface Deadlines {
  /** The deadline on its resolution. At the till: what the customer was told last. */
  answer_by?: string;
  /** The aim of a clock that runs: from then on it is due soon. */
  due_soon_at?: string;
  /** The earliest deadline of a clock that runs. */
  next_deadline_at?: string;
  /** The first deadline that it ever missed. */
  breached_at?: string;
}

export type Delivery = 'unsent' | 'delivered' | 'quarantined';

export interface Summary {
  ticket_id: string;
  code: string;
  kind: string;
  created_at: string;
  state: TicketState;
  department?: string;
  priority?: string;
  category?: string;
  customer?: string;
  mobile?: string;
  details?: string;
  delivery?: Delivery;
  problem?: Problem;
  ready_to_collect?: boolean;
  training?: boolean;
  withdrawn?: boolean;
  answer_by?: string;
}

export interface Goods {
  condition?: string;
  accessories?: string[];
  serial?: string;
  tag?: string;
  shelf?: string;
}

export interface HistoryEvent {
  event_id?: string;
  type: string;
  at?: string;
  created_at?: string;
  actor?: Actor;
  clerk?: Actor;
  state?: Delivery;
  delivery?: Delivery;
  problem?: Problem;
  /** What the event says: the till calls it body, the server data. */
  body?: Record<string, unknown>;
  data?: Record<string, unknown>;
  visibility?: string;
  [more: string]: unknown;
}

export interface Check {
  check: string;
  outcome: 'pass' | 'fail' | 'unknown';
  detail?: string;
}

export type VerificationState = 'verified' | 'pending' | 'mismatch' | 'unverified' | 'rejected';

export interface TicketAction {
  action: string;
  transition?: string;
  label: Text;
  requires?: string[];
  /** Minor units of the chain's currency. */
  remedy_at_most?: number;
}

/** A ticket as the page of another one names it. */
export interface LinkedTicket {
  ticket_id: string;
  code: string;
  state: TicketState;
  details: string;
}

/** What a ticket belongs to, as far as the viewer may see it. */
export interface TicketLinks {
  parent?: LinkedTicket;
  children: { count: number; open: number; tickets: LinkedTicket[] };
  related: LinkedTicket[];
  /** Those that it answers for. */
  merged: LinkedTicket[];
  merged_into?: LinkedTicket;
}

export interface Ticket extends TicketFields, Deadlines {
  ticket_id: string;
  code: string;
  aliases?: string[];
  /** The code that was asked for, when it is that of a ticket merged into this one. */
  redirected_from?: string;
  /** Another ticket answers for it. */
  merged?: boolean;
  links?: TicketLinks;
  version?: number;
  kind: string;
  state: TicketState;
  requested?: { department?: string; priority?: string };
  routing?: { rule?: string; explanation?: string };
  assignee?: Actor | string | null;
  store?: { reported_at?: string; purchased_at?: string; collect_at?: string } | string;
  channel?: string;
  language?: string;
  training?: boolean;
  settings_version?: number;
  complainant?: Complainant;
  customer?: Customer | string;
  mobile?: string;
  transaction?: Transaction;
  proof?: Proof;
  verification?: { state: VerificationState; checks?: Check[] };
  resolution?: { code: string; note: string };
  goods?: Goods;
  ready_to_collect?: boolean;
  withdrawn?: boolean;
  created_at: string;
  received_at?: string;
  device_at?: string;
  clock_offset_ms?: number;
  updated_at?: string;
  closed_at?: string;
  first_response_by?: string;
  /** What the customer was told last. */
  promised_answer_by?: string;
  clerk?: Actor;
  till?: string;
  delivery?: Delivery;
  problem?: Problem;
  /** At the till that took it: the fields as they were entered. */
  ticket?: TicketFields;
  actions?: TicketAction[];
}

export type Audience = 'customer' | 'department' | 'staff';

export interface Notification {
  id: string;
  channel: 'sms' | 'email';
  audience?: Audience;
  to: string;
  on: string;
  state: 'pending' | 'sent' | 'delivered' | 'failed' | 'dead' | 'cancelled';
  attempts: number;
  last_error?: string;
  at: string;
  text?: string;
}

// ── till ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface PluginStatus {
  enrolled: boolean;
  store: string;
  /** Known once the settings have come. */
  store_name?: string;
  till: string;
  queue_depth: number;
  quarantined: number;
  oldest_unsent_at?: string;
  last_sync_at?: string;
  next_attempt_in_ms?: number;
  network: 'online' | 'offline' | 'paused' | 'unknown';
  paused_reason?: string;
  settings_version: number;
  clock_offset_ms: number;
  plugin_version: string;
  ready_to_collect: number;
}

export interface TillState {
  store: string;
  till: string;
  clerk: { id: string; name: string };
  clerks: { id: string; name: string }[];
  training: boolean;
  status: PluginStatus;
  ready_to_collect: number;
  /** What the plugin told its host since anybody asked last. */
  events: { type: string }[];
}

export interface UnsentEvent {
  event_id: string;
  ticket_id: string;
  code: string;
  type: string;
  created_at: string;
  attempts: number;
  state: 'unsent' | 'quarantined';
  problem?: Problem;
}

export interface Found {
  transactions: FoundTransaction[];
  customers: Customer[];
}

export interface Created {
  ticket_id: string;
  code: string;
  event_id: string;
  created_at: string;
  state: TicketState;
  delivery: Delivery;
  /** What the slip promises the customer. */
  answer_by?: string;
  slip: Slip;
}

export interface TillTicketReply {
  ticket?: Ticket;
  history?: HistoryEvent[];
  /** What can be done to it, as `act` names it. */
  actions?: string[];
  request_id?: string;
}

export interface TicketsReply {
  tickets: Summary[];
  request_id?: string;
}

// ── console ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Named {
  id: string;
  name?: Text;
  label?: Text;
  retired?: boolean;
}

export interface Meta {
  chain: string;
  languages: string[];
  currency?: string;
  departments: Named[];
  priorities: Named[];
  categories: Named[];
  states: (TicketState & Named)[];
  fields: (Named & { type?: string; searchable?: boolean; options?: Named[] })[];
  filters: string[];
  no_proof_reasons?: Named[];
  resolution_codes: Named[];
  rejection_reasons: Named[];
  /** The kinds that customers can be given. */
  remedies?: string[];
  /** `time_zone`: the IANA name of the zone of its clock. */
  stores: (Named & { time_zone?: string })[];
}

export interface User {
  id: string;
  name: string;
  roles: string[];
  scopes?: unknown;
}

export interface Session {
  user: User;
  csrf: string;
}

export interface TicketPage {
  tickets: Ticket[];
  next_cursor?: string;
  count?: number;
  matches?: { id?: string; name?: string; mobile?: string }[];
}

// ── tour ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface TourMessage {
  id: string;
  channel: 'sms' | 'email';
  to: string;
  subject?: string;
  text: string;
  at: string;
  ticket_code?: string;
  audience?: Audience;
}

export interface Persona {
  id: string;
  name: Text;
  where: 'till' | 'console';
  role?: Text;
}

/** A receipt on the counter; its id is what the barcode says. */
export interface CounterReceipt {
  id: string;
  customer: string;
  at_ms: number;
  total: Money;
  items: string[];
  more_items: number;
}

export interface TourState {
  till_url: string;
  console_url: string;
  network: 'up' | 'down';
  till: 'running' | 'dead';
  steps: { id: string; done: boolean }[];
  personas: Persona[];
  receipts: CounterReceipt[];
  messages: TourMessage[];
  /** The newest one of this tour, as soon as the till has it. */
  ticket?: { code: string };
}
