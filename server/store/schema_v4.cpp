#include "server/store/schema_v4.h"

namespace ccms::server {

const std::string_view kSchemaV4 = R"sql(
-- Empty: of a ticket that was made before a chain could have several.
ALTER TABLE tickets {{add_column}} workflow VARCHAR(64) NOT NULL DEFAULT '';

-- The transition that a message is about, when a rule names it.
ALTER TABLE notifications {{add_column}} step VARCHAR(64) NOT NULL DEFAULT '';
)sql";

}  // namespace ccms::server
