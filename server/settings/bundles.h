#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "server/settings/published_settings.h"
#include "server/settings/server_identity.h"

namespace ccms::server {

/// One store's settings as they are sent to its tills.
struct SignedBundle {
  std::string body;
  std::string etag;       ///< with its quotation marks
  std::string signature;  ///< base64
};

/// Derives and signs bundles, and keeps the one that was last asked for of each store. Thread-safe.
class Bundles {
 public:
  explicit Bundles(const ServerIdentity& identity) : identity_(identity) {}

  /// Null for a store that the settings do not know.
  std::shared_ptr<const SignedBundle> bundle(const PublishedSettings& published, const std::string& store);

 private:
  const ServerIdentity& identity_;
  std::mutex mutex_;
  struct Kept {
    std::int64_t version = 0;
    std::shared_ptr<const SignedBundle> bundle;
  };
  std::map<std::string, Kept> of_store_;
};

}  // namespace ccms::server
