#pragma once

#include <memory>
#include <string>

#include "server/settings/published_settings.h"

namespace ccms::server {

/// Which version of the settings the tills of a store are to have, while the server itself works by the one
/// in force. Thread-safe. Never call it while holding a connection: it borrows one of its own.
class StoreSettings {
 public:
  virtual ~StoreSettings() = default;
  /// A newer version that is rolled out to the store, else the one in force; null while nothing is published.
  /// Throws db::DbError and UnreadableSettings.
  virtual std::shared_ptr<const PublishedSettings> for_store(const std::string& store) = 0;
  /// To be called after something was published: the next question is asked of the database again.
  virtual void look_again() = 0;
};

}  // namespace ccms::server
