#pragma once

#include <optional>
#include <string>

#include "core/db/connection.h"
#include "core/domain/time.h"

/// The settings bundle in force, exactly as the server signed it.
namespace ccms::plugin::outbox::bundle {

struct StoredBundle {
  std::string etag;
  std::string body;
};

std::optional<StoredBundle> load(db::Connection& connection);
void save(db::Connection& connection, const StoredBundle& bundle, domain::Instant fetched_at);

}  // namespace ccms::plugin::outbox::bundle
