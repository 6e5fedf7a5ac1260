#include "server/store/schema_v2.h"

namespace ccms::server {

const std::string_view kSchemaV2 = R"sql(
-- answer_by: the deadline on the ticket's resolution; promised_answer_by: what the customer was told last; aim_at: from
-- then on it is due soon; next_deadline_at: the earliest of a clock that runs; breached_at: the first breach ever.
ALTER TABLE tickets {{add_column}} answer_by BIGINT NULL;
ALTER TABLE tickets {{add_column}} promised_answer_by BIGINT NULL;
ALTER TABLE tickets {{add_column}} first_response_by BIGINT NULL;
ALTER TABLE tickets {{add_column}} aim_at BIGINT NULL;
ALTER TABLE tickets {{add_column}} next_deadline_at BIGINT NULL;
ALTER TABLE tickets {{add_column}} breached_at BIGINT NULL;
CREATE INDEX IF NOT EXISTS tickets_deadline ON tickets (next_deadline_at, ticket_id);
CREATE INDEX IF NOT EXISTS tickets_aim ON tickets (aim_at, ticket_id);

-- A row apart from the ticket's, so that a claim does not wait for people who change the ticket.
CREATE TABLE IF NOT EXISTS ticket_timers (
  ticket_id VARCHAR(36) NOT NULL PRIMARY KEY,
  due_at BIGINT NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS ticket_timers_due ON ticket_timers (due_at, ticket_id);
)sql";

}  // namespace ccms::server
