#include "plugin/outbox/bundle_table.h"

namespace ccms::plugin::outbox::bundle {

std::optional<StoredBundle> load(db::Connection& connection) {
  const auto rows = connection.query("SELECT etag, body FROM bundle");
  if (rows.empty()) return std::nullopt;
  return StoredBundle{rows.front().text(0), rows.front().blob(1)};
}

void save(db::Connection& connection, const StoredBundle& bundle, domain::Instant fetched_at) {
  connection.execute("INSERT OR REPLACE INTO bundle (only, etag, body, fetched_at) VALUES (1, ?, ?, ?)",
                     {bundle.etag, db::Blob{bundle.body}, domain::to_epoch_ms(fetched_at)});
}

}  // namespace ccms::plugin::outbox::bundle
