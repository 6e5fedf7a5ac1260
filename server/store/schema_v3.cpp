#include "server/store/schema_v3.h"

namespace ccms::server {

const std::string_view kSchemaV3 = R"sql(
-- in_force_at: when the version was published for everyone; empty while it is for some stores alone.
ALTER TABLE settings_versions {{add_column}} note VARCHAR(500) NULL;
ALTER TABLE settings_versions {{add_column}} in_force_at BIGINT NULL;
UPDATE settings_versions SET in_force_at = published_at;

-- The stores whose tills have a version before everybody else. It counts while the version is newer than the one in
-- force and ended_at is empty.
CREATE TABLE IF NOT EXISTS settings_rollouts (
  version BIGINT NOT NULL,
  store VARCHAR(64) NOT NULL,
  started_at BIGINT NOT NULL,
  started_by VARCHAR(120) NOT NULL,
  ended_at BIGINT NULL,
  PRIMARY KEY (version, store)
) {{table}};

-- The document that is being written, in parts as the published ones. digest is that of its bytes.
CREATE TABLE IF NOT EXISTS settings_drafts (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  based_on BIGINT NOT NULL,
  digest VARCHAR(64) NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by VARCHAR(120) NOT NULL
) {{table}};

CREATE TABLE IF NOT EXISTS settings_draft_parts (
  name VARCHAR(64) NOT NULL,
  part INTEGER NOT NULL,
  body {{blob}} NOT NULL,
  PRIMARY KEY (name, part)
) {{table}};
)sql";

}  // namespace ccms::server
