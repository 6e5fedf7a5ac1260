#include "server/settings/settings_store.h"

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "core/tz/tz.h"
#include "server/settings/succession.h"

namespace ccms::server {
namespace {

constexpr std::size_t kPartBytes = 60'000;

void store_document(db::Connection& connection, std::int64_t version, std::string_view document) {
  for (std::int64_t part = 0; !document.empty(); ++part) {
    const auto bytes = document.substr(0, kPartBytes);
    connection.execute("INSERT INTO settings_parts (version, part, body) VALUES (?, ?, ?)",
                       {version, part, db::Blob{std::string(bytes)}});
    document.remove_prefix(bytes.size());
  }
}

std::string read_document(db::Connection& connection, std::int64_t version) {
  std::string document;
  const auto rows =
      connection.query("SELECT body FROM settings_parts WHERE version = ? ORDER BY part", {version});
  for (const auto& row : rows) document += row.blob("body");
  return document;
}

}  // namespace

settings::LoadOptions settings_load_options() {
  settings::LoadOptions options;
  options.time_zone_exists = [](std::string_view zone) { return tz::is_time_zone(zone); };
  return options;
}

std::shared_ptr<const PublishedSettings> SettingsStore::current() {
  const auto version = newest_version();
  return version == 0 ? nullptr : at(version);
}

std::shared_ptr<const PublishedSettings> SettingsStore::at(std::int64_t version) {
  if (auto found = known(version)) return found;
  std::string document;
  {
    const auto lease = database_.reader();
    document = read_document(*lease, version);
  }
  return keep(version, document);
}

std::shared_ptr<const PublishedSettings> SettingsStore::at(db::Connection& connection, std::int64_t version) {
  if (auto found = known(version)) return found;
  return keep(version, read_document(connection, version));
}

std::shared_ptr<const PublishedSettings> SettingsStore::known(std::int64_t version) {
  const std::lock_guard lock(mutex_);
  const auto found = versions_.find(version);
  return found == versions_.end() ? nullptr : found->second;
}

std::int64_t SettingsStore::newest_version() {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (newest_ != 0 && asked_at_ && now - *asked_at_ < recheck_) return newest_;
  }
  std::int64_t newest = 0;
  {
    const auto lease = database_.reader();
    newest = lease->query("SELECT COALESCE(MAX(version), 0) AS newest FROM settings_versions")
                 .front()
                 .integer("newest");
  }
  const std::lock_guard lock(mutex_);
  newest_ = std::max(newest_, newest);
  asked_at_ = now;
  return newest_;
}

std::shared_ptr<const PublishedSettings> SettingsStore::keep(std::int64_t version,
                                                             std::string_view document) {
  if (document.empty()) return nullptr;
  auto loaded = settings::load_settings(document, settings_load_options());
  if (!loaded.ok()) {
    throw UnreadableSettings("settings version " + std::to_string(version) +
                             " cannot be read: " + to_string(loaded.problems.front()));
  }
  auto published = std::make_shared<PublishedSettings>(prepare(version, std::move(*loaded.value), *this));
  const std::lock_guard lock(mutex_);
  return versions_.emplace(version, std::move(published)).first->second;
}

SettingsStore::Publication SettingsStore::publish(std::string_view document, const std::string& published_by,
                                                  Instant now) {
  auto loaded = settings::load_settings(document, settings_load_options());
  if (!loaded.ok()) return {0, false, std::move(loaded.problems)};
  const std::string digest = crypto::sha256_hex(document);
  auto publication = db::with_transaction(database_, [&](db::Connection& connection) {
    const auto newest =
        connection.query("SELECT version, digest FROM settings_versions ORDER BY version DESC LIMIT 1" +
                         std::string(connection.dialect().for_update()));
    const std::int64_t last = newest.empty() ? 0 : newest.front().integer("version");
    if (!newest.empty() && newest.front().text("digest") == digest) return Publication{last, true, {}};
    if (!newest.empty()) {
      // A former document that this program cannot read has nothing to say: publishing is the way out.
      const auto former = settings::load_settings(read_document(connection, last), settings_load_options());
      if (former.ok()) {
        auto problems = problems_of_succession(connection, *former.value, *loaded.value);
        if (!problems.empty()) return Publication{0, false, std::move(problems)};
      }
    }
    connection.execute(
        "INSERT INTO settings_versions (version, digest, published_at, published_by) VALUES (?, ?, ?, ?)",
        {last + 1, digest, to_epoch_ms(now), published_by});
    store_document(connection, last + 1, document);
    return Publication{last + 1, false, {}};
  });
  const std::lock_guard lock(mutex_);
  newest_ = std::max(newest_, publication.version);
  return publication;
}

}  // namespace ccms::server
