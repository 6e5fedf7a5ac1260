#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/db/database.h"
#include "core/settings/loader.h"
#include "server/app/clock.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

/// The published versions of the settings, kept in the database and parsed once per process. Thread-safe.
/// Never call it while holding a connection that it is not given: it borrows one of its own.
class SettingsStore final : public SettingsProvider {
 public:
  /// Another process may publish: whether there is a newer version is asked for at most once per `recheck`.
  explicit SettingsStore(db::Database& database, std::chrono::milliseconds recheck = std::chrono::seconds(1))
      : database_(database), recheck_(recheck) {}

  std::shared_ptr<const PublishedSettings> current() override;
  std::shared_ptr<const PublishedSettings> at(std::int64_t version) override;
  std::shared_ptr<const PublishedSettings> at(db::Connection& connection, std::int64_t version) override;

  /// Checks a document and stores it as the next version. The same bytes as the newest version are not stored
  /// again.
  struct Publication {
    std::int64_t version = 0;                 ///< 0: refused
    bool unchanged = false;                   ///< it was the newest version already
    std::vector<settings::Problem> problems;  /// why it was refused
  };
  Publication publish(std::string_view document, const std::string& published_by, Instant now);

 private:
  std::int64_t newest_version();
  std::shared_ptr<const PublishedSettings> known(std::int64_t version);
  std::shared_ptr<const PublishedSettings> keep(std::int64_t version, std::string_view document);

  db::Database& database_;
  const std::chrono::milliseconds recheck_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<const PublishedSettings>> versions_;
  std::int64_t newest_ = 0;
  std::optional<std::chrono::steady_clock::time_point> asked_at_;
};

/// The loader's options on a machine with the system's time zones.
settings::LoadOptions settings_load_options();

}  // namespace ccms::server
