#include "plugin/outbox/schema.h"

namespace ccms::plugin::outbox {
namespace {

// Statements are split over lines on purpose.
// NOLINTBEGIN(bugprone-suspicious-missing-comma)

// The journal is SQLite alone, so its own options (WITHOUT ROWID, partial indexes) are used: each keeps a
// page out of the one transaction that a clerk waits for.
db::Migration first() {
  return {
      1,
      "first",
      {
          "CREATE TABLE IF NOT EXISTS meta (name {{id}} PRIMARY KEY, value {{text}} NOT NULL) WITHOUT ROWID",

          // Everything that makes a till this till, in one row: a copy of the file copies all or nothing.
          "CREATE TABLE IF NOT EXISTS identity (only {{int}} PRIMARY KEY CHECK (only = 1), store {{id}} NOT "
          "NULL,"
          " till {{id}} NOT NULL, epoch {{int}} NOT NULL, generation {{int}} NOT NULL, prefix {{id}} NOT "
          "NULL,"
          " spare_prefix {{id}}, private_key {{blob}} NOT NULL, permutation_key {{blob}} NOT NULL,"
          " bundle_key {{blob}} NOT NULL, server_epoch {{id}} NOT NULL, next_seq {{int}} NOT NULL,"
          " next_code {{int}} NOT NULL, enrolled_at {{int}} NOT NULL)",

          // n orders captures across epochs; `state`: unsent, delivered, quarantined, superseded.
          "CREATE TABLE IF NOT EXISTS captures (n INTEGER PRIMARY KEY, event_id {{id}} NOT NULL,"
          " ticket_id {{id}} NOT NULL, type {{id}} NOT NULL, epoch {{int}} NOT NULL, seq {{int}} NOT NULL,"
          " state {{id}} NOT NULL, recorded_at {{int}} NOT NULL, delivered_at {{int}}, digest {{blob}} NOT "
          "NULL,"
          " signature {{blob}} NOT NULL, body {{blob}} NOT NULL, attempts {{int}} NOT NULL DEFAULT 0,"
          " problem {{text}})",
          "CREATE INDEX IF NOT EXISTS captures_unsent ON captures (state) WHERE state = 'unsent'",
          "CREATE INDEX IF NOT EXISTS captures_quarantined ON captures (state) WHERE state = 'quarantined'",

          "CREATE TABLE IF NOT EXISTS tickets (ticket_id {{id}} PRIMARY KEY, code {{id}} NOT NULL,"
          " created_at {{int}} NOT NULL, settings_version {{int}} NOT NULL, confidential {{int}} NOT NULL,"
          " training {{int}} NOT NULL, withdrawn {{int}} NOT NULL, delivery {{id}} NOT NULL,"
          " purchase {{name}}, content {{text}} NOT NULL) WITHOUT ROWID",
          "CREATE INDEX IF NOT EXISTS tickets_code ON tickets (code)",
          "CREATE INDEX IF NOT EXISTS tickets_purchase ON tickets (purchase) WHERE purchase IS NOT NULL",

          "CREATE TABLE IF NOT EXISTS forms (form_id {{id}} PRIMARY KEY, ticket_id {{id}} NOT NULL,"
          " reply {{text}} NOT NULL) WITHOUT ROWID",

          "CREATE TABLE IF NOT EXISTS bundle (only {{int}} PRIMARY KEY CHECK (only = 1), etag {{name}} NOT "
          "NULL,"
          " body {{blob}} NOT NULL, fetched_at {{int}} NOT NULL)",

          // What the server last said about a ticket of this store, made at this till or not.
          "CREATE TABLE IF NOT EXISTS updates (ticket_id {{id}} PRIMARY KEY, version {{int}} NOT NULL,"
          " ready_to_collect {{int}} NOT NULL, state_type {{id}} NOT NULL, summary {{text}} NOT NULL)"
          " WITHOUT ROWID",
      }};
}

// Why an event was not taken is told by columns of its own, so that a clerk can be shown the field.
db::Migration failures() {
  return {2,
          "failures",
          {
              "CREATE TABLE IF NOT EXISTS failures (event_id {{id}} PRIMARY KEY, ticket_id {{id}} NOT NULL,"
              " attempts {{int}} NOT NULL, code {{name}} NOT NULL, message {{text}} NOT NULL, field {{name}} "
              "NOT NULL,"
              " failed_at {{int}} NOT NULL) WITHOUT ROWID",
              "CREATE INDEX IF NOT EXISTS failures_ticket ON failures (ticket_id)",
              "INSERT INTO failures (event_id, ticket_id, attempts, code, message, field, failed_at)"
              " SELECT event_id, ticket_id, attempts, COALESCE(json_extract(problem, '$.code'), 'rejected'),"
              " COALESCE(json_extract(problem, '$.message'), problem), COALESCE(json_extract(problem, "
              "'$.field'), ''),"
              " recorded_at FROM captures WHERE state = 'quarantined'",
              "ALTER TABLE captures DROP COLUMN attempts",
              "ALTER TABLE captures DROP COLUMN problem",
          }};
}

// A refused capture that a correction has replaced is sent once more when the server has lost its refusal,
// and stays replaced whatever comes back.
db::Migration superseded() {
  return {3,
          "superseded",
          {
              "ALTER TABLE captures ADD COLUMN superseded {{int}} NOT NULL DEFAULT 0",
              "UPDATE captures SET superseded = 1 WHERE state = 'superseded'",
          }};
}

// What a ticket says stands in its creating capture already, and is written again only once it has changed.
// The reply to a form can be made from that too. Codes are looked for in a table that has become narrow,
// forms and purchases with the help of TicketKeys: a new ticket is one row here, and touches no index.
db::Migration lean_tickets() {
  return {
      4,
      "lean_tickets",
      {
          "CREATE TABLE lean_tickets (ticket_id {{id}} PRIMARY KEY, code {{id}} NOT NULL,"
          " created_at {{int}} NOT NULL, settings_version {{int}} NOT NULL, confidential {{int}} NOT NULL,"
          " training {{int}} NOT NULL, withdrawn {{int}} NOT NULL, delivery {{id}} NOT NULL,"
          " purchase {{name}}, form_id {{id}}, creation {{int}}, content {{text}}) WITHOUT ROWID",
          "INSERT INTO lean_tickets SELECT tickets.ticket_id, code, created_at, settings_version, "
          "confidential,"
          " training, withdrawn, delivery, purchase, made.form_id, creations.n, content FROM tickets"
          " LEFT JOIN (SELECT ticket_id, MIN(form_id) AS form_id FROM forms GROUP BY ticket_id) AS made"
          " ON made.ticket_id = tickets.ticket_id"
          " LEFT JOIN (SELECT ticket_id, MIN(n) AS n FROM captures WHERE type = 'created' GROUP BY "
          "ticket_id)"
          " AS creations ON creations.ticket_id = tickets.ticket_id",
          "DROP TABLE forms",
          "DROP TABLE tickets",
          "ALTER TABLE lean_tickets RENAME TO tickets",
      }};
}

// Whether a ticket was settled here is asked for each ticket of a list.
db::Migration settlements() {
  return {5,
          "settlements",
          {
              "CREATE INDEX IF NOT EXISTS captures_settled ON captures (ticket_id) WHERE type = 'settled'",
          }};
}

// A ticket that another till made and that left the store has no row here that could say so.
db::Migration departures() {
  return {
      6,
      "departures",
      {
          "CREATE TABLE IF NOT EXISTS departures (ticket_id {{id}} PRIMARY KEY, noted_at {{int}} NOT NULL)"
          " WITHOUT ROWID",
      }};
}

// Captures are signed when they are sent, and their signatures do not stand here until then. A program that
// does not know this would send them unsigned.
db::Migration signed_when_sent() { return {7, "signed_when_sent", {}}; }

// NOLINTEND(bugprone-suspicious-missing-comma)

}  // namespace

std::vector<db::Migration> journal_migrations() {
  return {first(), failures(), superseded(), lean_tickets(), settlements(), departures(), signed_when_sent()};
}

}  // namespace ccms::plugin::outbox
