#include "server/store/schema_v8.h"

namespace ccms::server {

const std::string_view kSchemaV8 = R"sql(
-- digest: it leaves in one message with others to the same recipient.
ALTER TABLE notifications {{add_column}} digest SMALLINT NOT NULL DEFAULT 0;
-- Each channel looks for its own: a backlog of one must not be read by the other.
CREATE INDEX IF NOT EXISTS notifications_waiting ON notifications (state, channel, due_at);

-- Tickets that a department should have given to somebody by itself when nobody was there; try_at: when to look again.
CREATE TABLE IF NOT EXISTS waiting_tickets (
  ticket_id VARCHAR(36) NOT NULL PRIMARY KEY,
  try_at BIGINT NOT NULL
) {{table}};

-- One row a department: whoever is choosing somebody by himself holds it, so that no two choose at once.
CREATE TABLE IF NOT EXISTS assignment_locks (
  department VARCHAR(64) NOT NULL PRIMARY KEY,
  held_at BIGINT NOT NULL
) {{table}};
)sql";

}  // namespace ccms::server
