#include "plugin/app/till.h"

#include "plugin/outbox/bundle_table.h"
#include "plugin/outbox/meta_table.h"

namespace ccms::plugin::app {
namespace {

domain::Result<void> load_identity(Till& till, db::Connection& connection) {
  const auto identity = outbox::identity::load(connection);
  if (!identity) return {};
  if (identity->store != till.config.store || identity->till != till.config.till) {
    return domain::Error{
        "refused",
        "the data folder belongs to till " + identity->till.str() + " of store " + identity->store.str(),
        "/till"};
  }
  till.keys.set(keys_of(*identity));
  return {};
}

void load_settings(Till& till, db::Connection& connection) {
  const auto stored = outbox::bundle::load(connection);
  if (!stored) return;
  auto parsed = parse_till_settings(stored->body, stored->etag);
  // Not fatal: the next poll fetches them again, as no ETag is sent.
  if (!parsed) return till.host.log(LogLevel::error, parsed.error().message);
  till.settings.set(std::move(parsed).value());
}

void load_status(Till& till, db::Connection& connection) {
  const auto offset = outbox::meta::number(connection, outbox::meta::kClockOffset);
  const auto last_sync = outbox::meta::number(connection, outbox::meta::kLastSync);
  till.sync.change([&](SyncSnapshot& snapshot) {
    snapshot.clock_offset_ms = offset.value_or(0);
    if (last_sync) snapshot.last_sync_at = domain::from_epoch_ms(*last_sync);
  });
}

}  // namespace

void reload_keys(Till& till) {
  const auto identity = outbox::identity::load(*till.journal.lease());
  if (identity) till.keys.set(keys_of(*identity));
}

domain::Result<void> load_from_journal(Till& till) {
  const auto connection = till.journal.lease();
  if (auto loaded = load_identity(till, *connection); !loaded) return loaded;
  load_settings(till, *connection);
  load_status(till, *connection);
  return {};
}

}  // namespace ccms::plugin::app
