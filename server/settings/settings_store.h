#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/db/database.h"
#include "server/app/clock.h"
#include "server/settings/load_options.h"
#include "server/settings/publication.h"
#include "server/settings/published_settings.h"
#include "server/settings/store_settings.h"

namespace ccms::server {

/// The published versions of the settings, kept in the database and parsed once per process. Thread-safe.
/// Never call it while holding a connection that it is not given: it borrows one of its own.
class SettingsStore final : public SettingsProvider, public StoreSettings {
 public:
  /// Another process may publish: which versions are in force is asked for at most once per `recheck`.
  explicit SettingsStore(db::Database& database, std::chrono::milliseconds recheck = std::chrono::seconds(1))
      : database_(database), recheck_(recheck) {}

  std::shared_ptr<const PublishedSettings> current() override;
  std::shared_ptr<const PublishedSettings> for_store(const std::string& store) override;
  void look_again() override;
  std::shared_ptr<const PublishedSettings> at(std::int64_t version) override;
  std::shared_ptr<const PublishedSettings> at(db::Connection& connection, std::int64_t version) override;

  /// Publishes a document for everyone in a transaction of its own.
  using Publication = server::Publication;
  Publication publish(std::string_view document, const std::string& published_by, Instant now);

 private:
  /// Who is to work by which version.
  struct Assignment {
    std::int64_t in_force = 0;                   ///< 0: nothing is published
    std::map<std::string, std::int64_t> staged;  ///< by store
  };

  std::shared_ptr<const Assignment> assignment();
  std::shared_ptr<const PublishedSettings> known(std::int64_t version);
  std::shared_ptr<const PublishedSettings> keep(std::int64_t version, std::string_view document);

  db::Database& database_;
  const std::chrono::milliseconds recheck_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<const PublishedSettings>> versions_;
  std::shared_ptr<const Assignment> assignment_ = std::make_shared<const Assignment>();
  std::optional<std::chrono::steady_clock::time_point> asked_at_;
};

}  // namespace ccms::server
