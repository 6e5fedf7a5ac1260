#include "server/store/schema_v1.h"

// Columns are as wide as what the wire takes (core/domain/text.h, core/wire/json_reader.h): MariaDB counts
// characters, which are code points, as those limits do.
namespace ccms::server {

const std::string_view kSchemaV1 = R"sql(
-- What the installation knows about itself: server_epoch, bundle signing key.
CREATE TABLE IF NOT EXISTS server_info (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  value VARCHAR(1000) NOT NULL
) {{table}};

-- One JSON document per published version, kept for ever: a ticket remembers the version it was made under. A large
-- chain's document is longer than a column may be, hence the parts.
CREATE TABLE IF NOT EXISTS settings_versions (
  version BIGINT NOT NULL PRIMARY KEY,
  digest VARCHAR(64) NOT NULL,
  published_at BIGINT NOT NULL,
  published_by VARCHAR(120) NOT NULL
) {{table}};

CREATE TABLE IF NOT EXISTS settings_parts (
  version BIGINT NOT NULL,
  part INTEGER NOT NULL,
  body {{blob}} NOT NULL,
  PRIMARY KEY (version, part)
) {{table}};

-- Tills. The counters belong to the till's row so that two tills never wait for each other to count.
CREATE TABLE IF NOT EXISTS tills (
  till VARCHAR(64) NOT NULL PRIMARY KEY,
  store VARCHAR(64) NOT NULL,
  enabled SMALLINT NOT NULL,
  epoch BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  plugin_version VARCHAR(200) NOT NULL,
  host VARCHAR(200) NOT NULL,
  clock_offset_ms BIGINT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  last_sync_at BIGINT NULL,
  captures_received BIGINT NOT NULL,
  captures_stored BIGINT NOT NULL,
  captures_duplicate BIGINT NOT NULL,
  captures_rejected BIGINT NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS tills_store ON tills (store);

-- One key per epoch; captures signed under a retired one stay acceptable. Every sequence number up to
-- contiguous_seq has arrived, so gaps are looked for above it only. prefix and spare_prefix are what the epoch's
-- ticket codes begin with: a till whose answer was lost is given the same ones again. A revoked key signs no request:
-- the till was enrolled anew since, and who still has the key may be its thief.
CREATE TABLE IF NOT EXISTS till_keys (
  till VARCHAR(64) NOT NULL,
  epoch BIGINT NOT NULL,
  public_key VARCHAR(64) NOT NULL,
  contiguous_seq BIGINT NOT NULL,
  prefix VARCHAR(4) NULL,
  spare_prefix VARCHAR(4) NULL,
  created_at BIGINT NOT NULL,
  retired_at BIGINT NULL,
  revoked_at BIGINT NULL,
  PRIMARY KEY (till, epoch)
) {{table}};

CREATE TABLE IF NOT EXISTS enrolment_codes (
  code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  store VARCHAR(64) NOT NULL,
  till VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NULL
) {{table}};

-- First four symbols of ticket codes. Those of a till are used up at the till; those of the server count here.
CREATE TABLE IF NOT EXISTS code_prefixes (
  prefix VARCHAR(4) NOT NULL PRIMARY KEY,
  owner_kind VARCHAR(8) NOT NULL,
  owner VARCHAR(64) NOT NULL,
  next_sequence BIGINT NOT NULL,
  secret VARCHAR(64) NOT NULL,
  granted_at BIGINT NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS code_prefixes_owner ON code_prefixes (owner_kind, owner, granted_at);

CREATE TABLE IF NOT EXISTS nonces (
  till VARCHAR(64) NOT NULL,
  nonce VARCHAR(128) NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (till, nonce)
) {{table}};
CREATE INDEX IF NOT EXISTS nonces_seen_at ON nonces (seen_at);

-- Every authenticated capture, byte for byte, accepted or not. event_id is empty when the capture has none that can
-- be read, or when other bytes came first under the same id: those hold it for ever.
CREATE TABLE IF NOT EXISTS captures (
  digest VARCHAR(64) NOT NULL PRIMARY KEY,
  event_id VARCHAR(36) NULL,
  ticket_id VARCHAR(36) NULL,
  till VARCHAR(64) NOT NULL,
  epoch BIGINT NULL,
  seq BIGINT NULL,
  sequence_conflict SMALLINT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  problem {{text}} NULL,
  corrects VARCHAR(64) NULL,
  capture {{blob}} NOT NULL,
  signature VARCHAR(128) NOT NULL,
  received_at BIGINT NOT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS captures_event ON captures (event_id);
CREATE INDEX IF NOT EXISTS captures_ticket ON captures (ticket_id);
CREATE INDEX IF NOT EXISTS captures_till ON captures (till, epoch, seq);

CREATE TABLE IF NOT EXISTS till_sequences (
  till VARCHAR(64) NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  digest VARCHAR(64) NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  PRIMARY KEY (till, epoch, seq)
) {{table}};

-- Current values are columns, history is ticket_events. last_event_* is the head of the ticket's hash chain.
CREATE TABLE IF NOT EXISTS tickets (
  ticket_id VARCHAR(36) NOT NULL PRIMARY KEY,
  code VARCHAR(12) NOT NULL,
  version BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  state VARCHAR(64) NOT NULL,
  state_type VARCHAR(16) NOT NULL,
  ready_to_collect SMALLINT NOT NULL,
  priority VARCHAR(64) NULL,
  department VARCHAR(64) NULL,
  category VARCHAR(64) NULL,
  requested_priority VARCHAR(64) NULL,
  requested_department VARCHAR(64) NULL,
  routing_rule VARCHAR(64) NULL,
  routing_explanation VARCHAR(1000) NULL,
  assignee VARCHAR(36) NULL,
  reported_store VARCHAR(64) NULL,
  purchased_store VARCHAR(64) NULL,
  collect_store VARCHAR(64) NULL,
  till VARCHAR(64) NULL,
  channel VARCHAR(16) NOT NULL,
  language VARCHAR(35) NOT NULL,
  outcome_sought VARCHAR(32) NULL,
  consent_to_contact SMALLINT NOT NULL,
  confidential SMALLINT NOT NULL,
  training SMALLINT NOT NULL,
  withdrawn SMALLINT NOT NULL,
  settings_version BIGINT NOT NULL,
  form_id VARCHAR(36) NULL,
  clerk_id VARCHAR(200) NULL,
  clerk_name VARCHAR(120) NULL,
  customer_id VARCHAR(200) NULL,
  customer_name VARCHAR(120) NULL,
  mobile VARCHAR(32) NULL,
  email VARCHAR(254) NULL,
  transaction_id VARCHAR(200) NULL,
  transaction_store VARCHAR(64) NULL,
  verification VARCHAR(16) NOT NULL,
  resolution_code VARCHAR(64) NULL,
  details_start VARCHAR(200) NOT NULL,
  details {{text}} NOT NULL,
  custom {{text}} NOT NULL,
  complainant {{text}} NOT NULL,
  customer {{text}} NULL,
  transaction_data {{text}} NULL,
  proof {{text}} NULL,
  verification_checks {{text}} NOT NULL,
  resolution_note {{text}} NULL,
  goods {{text}} NULL,
  created_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  device_at BIGINT NULL,
  clock_offset_ms BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  closed_at BIGINT NULL,
  last_event_number BIGINT NOT NULL,
  last_event_digest VARCHAR(64) NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS tickets_created ON tickets (created_at, ticket_id);
CREATE INDEX IF NOT EXISTS tickets_department ON tickets (department, state, created_at);
CREATE INDEX IF NOT EXISTS tickets_state ON tickets (state, priority, department, created_at);
CREATE INDEX IF NOT EXISTS tickets_store ON tickets (reported_store, created_at);
CREATE INDEX IF NOT EXISTS tickets_collect ON tickets (collect_store, created_at);
CREATE INDEX IF NOT EXISTS tickets_customer ON tickets (customer_id, created_at);
CREATE INDEX IF NOT EXISTS tickets_transaction ON tickets (transaction_id, transaction_store);
CREATE INDEX IF NOT EXISTS tickets_verification ON tickets (verification, created_at);

-- A ticket has one current code and any number of aliases; all of them are unique for ever.
CREATE TABLE IF NOT EXISTS ticket_codes (
  code VARCHAR(12) NOT NULL PRIMARY KEY,
  ticket_id VARCHAR(36) NOT NULL,
  is_alias SMALLINT NOT NULL,
  created_at BIGINT NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS ticket_codes_ticket ON ticket_codes (ticket_id);

-- The history. digest = SHA-256 over number, previous_digest and content_digest; content_digest covers who
-- did it, for whose eyes, the capture and the data, and is salted: what is erased one day leaves the chain verifiable.
CREATE TABLE IF NOT EXISTS ticket_events (
  event_id VARCHAR(36) NOT NULL PRIMARY KEY,
  ticket_id VARCHAR(36) NOT NULL,
  number BIGINT NOT NULL,
  type VARCHAR(32) NOT NULL,
  actor_type VARCHAR(16) NOT NULL,
  actor_id VARCHAR(200) NOT NULL,
  actor_name VARCHAR(120) NOT NULL,
  visibility VARCHAR(16) NOT NULL,
  at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  data {{text}} NOT NULL,
  capture_digest VARCHAR(64) NULL,
  salt VARCHAR(32) NOT NULL,
  content_digest VARCHAR(64) NOT NULL,
  previous_digest VARCHAR(64) NOT NULL,
  digest VARCHAR(64) NOT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS ticket_events_number ON ticket_events (ticket_id, number);

-- The searchable ones of the custom fields, one row per value. time_value is a date's midnight in UTC: a date is the
-- same day wherever it is read.
CREATE TABLE IF NOT EXISTS ticket_fields (
  ticket_id VARCHAR(36) NOT NULL,
  field VARCHAR(64) NOT NULL,
  item SMALLINT NOT NULL,
  text_value VARCHAR(200) NULL,
  number_value {{real}} NULL,
  time_value BIGINT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, field, item)
) {{table}};
CREATE INDEX IF NOT EXISTS ticket_fields_text ON ticket_fields (field, text_value, created_at);
CREATE INDEX IF NOT EXISTS ticket_fields_number ON ticket_fields (field, number_value, created_at);
CREATE INDEX IF NOT EXISTS ticket_fields_time ON ticket_fields (field, time_value, created_at);

-- Mobile, card and account numbers as they were captured, normalised; what they are now is customer_identifiers.
CREATE TABLE IF NOT EXISTS ticket_numbers (
  ticket_id VARCHAR(36) NOT NULL,
  type VARCHAR(16) NOT NULL,
  number VARCHAR(254) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, type, number)
) {{table}};
CREATE INDEX IF NOT EXISTS ticket_numbers_number ON ticket_numbers (number, created_at);

-- What a search for words looks through: everything that was typed, normalised.
CREATE TABLE IF NOT EXISTS ticket_texts (
  ticket_id VARCHAR(36) NOT NULL PRIMARY KEY,
  words {{text}} NOT NULL
) {{table}};

-- The complained lines: "is somebody already claiming these goods?" is one look-up.
CREATE TABLE IF NOT EXISTS ticket_lines (
  ticket_id VARCHAR(36) NOT NULL,
  transaction_id VARCHAR(200) NOT NULL,
  store VARCHAR(64) NOT NULL,
  line INTEGER NOT NULL,
  product_id VARCHAR(200) NOT NULL,
  quantity VARCHAR(32) NOT NULL,
  PRIMARY KEY (ticket_id, line)
) {{table}};
CREATE INDEX IF NOT EXISTS ticket_lines_transaction ON ticket_lines (transaction_id, store);

-- The change feed. Written without a number in the ticket's own transaction; the sequencer numbers committed rows.
-- A departure tells one store alone that the ticket is not for its eyes any more.
CREATE TABLE IF NOT EXISTS changes (
  change_id VARCHAR(36) NOT NULL PRIMARY KEY,
  number BIGINT NULL,
  ticket_id VARCHAR(36) NOT NULL,
  store VARCHAR(64) NULL,
  collect_store VARCHAR(64) NULL,
  departure SMALLINT NOT NULL,
  at BIGINT NOT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS changes_number ON changes (number);
CREATE INDEX IF NOT EXISTS changes_store ON changes (store, number);
CREATE INDEX IF NOT EXISTS changes_collect ON changes (collect_store, number);

CREATE TABLE IF NOT EXISTS notifications (
  notification_id VARCHAR(36) NOT NULL PRIMARY KEY,
  ticket_id VARCHAR(36) NOT NULL,
  dedupe_key VARCHAR(160) NOT NULL,
  rule VARCHAR(64) NOT NULL,
  trigger_on VARCHAR(32) NOT NULL,
  audience VARCHAR(16) NOT NULL,
  channel VARCHAR(16) NOT NULL,
  recipient VARCHAR(254) NOT NULL,
  language VARCHAR(35) NOT NULL,
  subject VARCHAR(500) NOT NULL,
  body {{text}} NOT NULL,
  state VARCHAR(16) NOT NULL,
  attempts INTEGER NOT NULL,
  due_at BIGINT NOT NULL,
  lease_owner VARCHAR(64) NULL,
  lease_until BIGINT NULL,
  gateway_id VARCHAR(120) NULL,
  last_error VARCHAR(500) NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT NULL,
  delivered_at BIGINT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS notifications_dedupe ON notifications (dedupe_key);
CREATE INDEX IF NOT EXISTS notifications_due ON notifications (state, due_at);
CREATE INDEX IF NOT EXISTS notifications_ticket ON notifications (ticket_id);

CREATE TABLE IF NOT EXISTS leases (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  owner VARCHAR(64) NOT NULL,
  expires_at BIGINT NOT NULL
) {{table}};

CREATE TABLE IF NOT EXISTS users (
  user_id VARCHAR(36) NOT NULL PRIMARY KEY,
  login VARCHAR(120) NOT NULL,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NULL,
  password_hash VARCHAR(300) NOT NULL,
  roles {{text}} NOT NULL,
  enabled SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_login_at BIGINT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS users_login ON users (login);

-- Programs that call the API with a key of their own; only the key's SHA-256 is kept.
CREATE TABLE IF NOT EXISTS api_clients (
  client_id VARCHAR(36) NOT NULL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  key_hash VARCHAR(64) NOT NULL,
  roles {{text}} NOT NULL,
  enabled SMALLINT NOT NULL,
  created_at BIGINT NOT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS api_clients_key ON api_clients (key_hash);

CREATE TABLE IF NOT EXISTS sessions (
  token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(36) NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS sessions_expires ON sessions (expires_at);
CREATE INDEX IF NOT EXISTS sessions_user ON sessions (user_id);

-- One-time links that sign somebody in (the demonstration's personas).
CREATE TABLE IF NOT EXISTS login_links (
  token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(36) NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NULL
) {{table}};

CREATE TABLE IF NOT EXISTS idempotency_keys (
  principal VARCHAR(120) NOT NULL,
  idempotency_key VARCHAR(128) NOT NULL,
  request_digest VARCHAR(64) NOT NULL,
  status INTEGER NOT NULL,
  content_type VARCHAR(64) NOT NULL,
  location VARCHAR(300) NULL,
  etag VARCHAR(64) NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (principal, idempotency_key)
) {{table}};
CREATE INDEX IF NOT EXISTS idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE IF NOT EXISTS idempotency_parts (
  principal VARCHAR(120) NOT NULL,
  idempotency_key VARCHAR(128) NOT NULL,
  part INTEGER NOT NULL,
  body {{blob}} NOT NULL,
  PRIMARY KEY (principal, idempotency_key, part)
) {{table}};

-- The embedded customer directory: who bought what. A receipt number is unique with its store.
CREATE TABLE IF NOT EXISTS ledger_transactions (
  transaction_id VARCHAR(200) NOT NULL,
  store VARCHAR(64) NOT NULL,
  type VARCHAR(16) NOT NULL,
  original_id VARCHAR(200) NULL,
  till VARCHAR(64) NULL,
  at BIGINT NOT NULL,
  utc_offset_minutes INTEGER NOT NULL,
  customer_id VARCHAR(200) NULL,
  currency VARCHAR(3) NOT NULL,
  total_amount BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  PRIMARY KEY (transaction_id, store)
) {{table}};
CREATE INDEX IF NOT EXISTS ledger_transactions_customer ON ledger_transactions (customer_id, at);
CREATE INDEX IF NOT EXISTS ledger_transactions_original ON ledger_transactions (original_id, store);

CREATE TABLE IF NOT EXISTS ledger_lines (
  transaction_id VARCHAR(200) NOT NULL,
  store VARCHAR(64) NOT NULL,
  line INTEGER NOT NULL,
  product_id VARCHAR(200) NOT NULL,
  description VARCHAR(200) NOT NULL,
  quantity VARCHAR(32) NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (transaction_id, store, line)
) {{table}};

-- Tickets whose purchase is to be looked up again: the books did not have it, or have it anew.
CREATE TABLE IF NOT EXISTS purchase_checks (
  ticket_id VARCHAR(36) NOT NULL PRIMARY KEY,
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS purchase_checks_due ON purchase_checks (due_at);

CREATE TABLE IF NOT EXISTS customers (
  customer_id VARCHAR(200) NOT NULL PRIMARY KEY,
  name VARCHAR(120) NULL
) {{table}};

-- Numbers wander between people: an identifier belongs to a customer for a time.
CREATE TABLE IF NOT EXISTS customer_identifiers (
  customer_id VARCHAR(200) NOT NULL,
  type VARCHAR(16) NOT NULL,
  number VARCHAR(254) NOT NULL,
  valid_from_at BIGINT NOT NULL,
  valid_to_at BIGINT NULL,
  PRIMARY KEY (customer_id, type, number, valid_from_at)
) {{table}};
CREATE INDEX IF NOT EXISTS customer_identifiers_number ON customer_identifiers (number);
)sql";

}  // namespace ccms::server
