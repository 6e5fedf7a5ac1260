#include "server/store/schema_v6.h"

namespace ccms::server {

const std::string_view kSchemaV6 = R"sql(
-- What was done in administration. Rows are added; nothing ever changes or removes one.
CREATE TABLE IF NOT EXISTS audit_log (
  number {{auto_id}},
  at BIGINT NOT NULL,
  actor_kind VARCHAR(16) NOT NULL,
  actor_id VARCHAR(64) NOT NULL,
  actor_name VARCHAR(120) NOT NULL,
  via VARCHAR(16) NOT NULL,
  action VARCHAR(64) NOT NULL,
  subject_kind VARCHAR(16) NOT NULL,
  subject_id VARCHAR(64) NOT NULL,
  details {{text}} NOT NULL
) {{table}};
CREATE INDEX IF NOT EXISTS audit_log_at ON audit_log (at);
CREATE INDEX IF NOT EXISTS audit_log_actor ON audit_log (actor_id, number);
CREATE INDEX IF NOT EXISTS audit_log_action ON audit_log (action, number);
CREATE INDEX IF NOT EXISTS audit_log_subject ON audit_log (subject_id, number);

-- removed_at: they left. The row stays, for the history names them; the login is free again.
ALTER TABLE users {{add_column}} version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE users {{add_column}} removed_at BIGINT NULL;

-- The tickets that somebody has.
CREATE INDEX IF NOT EXISTS tickets_assignee ON tickets (assignee, state_type);

-- Only the token's SHA-256 is kept. Open: neither used nor withdrawn nor expired.
CREATE TABLE IF NOT EXISTS invitations (
  invitation_id VARCHAR(36) NOT NULL PRIMARY KEY,
  token_hash VARCHAR(64) NOT NULL,
  address VARCHAR(120) NOT NULL,
  roles {{text}} NOT NULL,
  invited_by VARCHAR(36) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  withdrawn_at BIGINT NULL
) {{table}};
CREATE UNIQUE INDEX IF NOT EXISTS invitations_token ON invitations (token_hash);
CREATE INDEX IF NOT EXISTS invitations_address ON invitations (address);
CREATE INDEX IF NOT EXISTS invitations_expires ON invitations (expires_at);

-- Named sets of departments and stores (lists of ids as JSON), to invite people into.
CREATE TABLE IF NOT EXISTS workspaces (
  workspace_id VARCHAR(64) NOT NULL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  departments {{text}} NOT NULL,
  stores {{text}} NOT NULL
) {{table}};
)sql";

}  // namespace ccms::server
