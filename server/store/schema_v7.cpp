#include "server/store/schema_v7.h"

namespace ccms::server {

const std::string_view kSchemaV7 = R"sql(
-- cover: who stands in for them, a user as well. Back at work from until_at on.
CREATE TABLE IF NOT EXISTS absences (
  user_id VARCHAR(36) NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  cover VARCHAR(36) NULL,
  PRIMARY KEY (user_id, from_at)
) {{table}};
CREATE INDEX IF NOT EXISTS absences_until ON absences (until_at);

-- When somebody was last assigned a ticket, whoever or whatever did it.
CREATE TABLE IF NOT EXISTS assignment_turns (
  user_id VARCHAR(36) NOT NULL PRIMARY KEY,
  last_at BIGINT NOT NULL
) {{table}};

-- For counting what somebody has to do.
CREATE INDEX IF NOT EXISTS tickets_assignee ON tickets (assignee, state_type);
)sql";

}  // namespace ccms::server
