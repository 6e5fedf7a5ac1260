#include "server/store/schema_v5.h"

namespace ccms::server {

const std::string_view kSchemaV5 = R"sql(
-- merged_into: the ticket that answers for this one; its own state stays what it was, for the day it is undone.
ALTER TABLE tickets {{add_column}} merged_into VARCHAR(36) NULL;
CREATE INDEX IF NOT EXISTS tickets_merged ON tickets (merged_into);

-- merged_from: whose code it is, while ticket_id is the one that answers for it.
ALTER TABLE ticket_codes {{add_column}} merged_from VARCHAR(36) NULL;
CREATE INDEX IF NOT EXISTS ticket_codes_merged ON ticket_codes (merged_from);

-- kind parent: other_id is the parent of ticket_id. kind related: either way, written once, the smaller id first.
-- Merged tickets are no rows here: tickets.merged_into says it.
CREATE TABLE IF NOT EXISTS ticket_links (
  ticket_id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  other_id VARCHAR(36) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, kind, other_id)
) {{table}};
CREATE INDEX IF NOT EXISTS ticket_links_other ON ticket_links (other_id, kind);
)sql";

}  // namespace ccms::server
