#include "server/settings/settings_store.h"

#include "core/db/transaction.h"
#include "server/settings/version_table.h"

namespace ccms::server {

std::shared_ptr<const PublishedSettings> SettingsStore::current() {
  const auto version = assignment()->in_force;
  return version == 0 ? nullptr : at(version);
}

std::shared_ptr<const PublishedSettings> SettingsStore::for_store(const std::string& store) {
  const auto known = assignment();
  const auto staged = known->staged.find(store);
  const auto version = staged == known->staged.end() ? known->in_force : staged->second;
  return version == 0 ? nullptr : at(version);
}

void SettingsStore::look_again() {
  const std::lock_guard lock(mutex_);
  asked_at_.reset();
}

std::shared_ptr<const PublishedSettings> SettingsStore::at(std::int64_t version) {
  if (auto found = known(version)) return found;
  std::string document;
  {
    const auto lease = database_.reader();
    document = VersionTable(*lease).document(version);
  }
  return keep(version, document);
}

std::shared_ptr<const PublishedSettings> SettingsStore::at(db::Connection& connection, std::int64_t version) {
  if (auto found = known(version)) return found;
  return keep(version, VersionTable(connection).document(version));
}

std::shared_ptr<const PublishedSettings> SettingsStore::known(std::int64_t version) {
  const std::lock_guard lock(mutex_);
  const auto found = versions_.find(version);
  return found == versions_.end() ? nullptr : found->second;
}

std::shared_ptr<const SettingsStore::Assignment> SettingsStore::assignment() {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (assignment_->in_force != 0 && asked_at_ && now - *asked_at_ < recheck_) return assignment_;
  }
  Assignment found;
  {
    const auto lease = database_.reader();
    VersionTable versions(*lease);
    found.in_force = versions.in_force();
    found.staged = versions.staged(found.in_force);
  }
  const std::lock_guard lock(mutex_);
  // Who asked later may be back earlier: what is in force only ever grows.
  if (found.in_force >= assignment_->in_force)
    assignment_ = std::make_shared<const Assignment>(std::move(found));
  asked_at_ = now;
  return assignment_;
}

std::shared_ptr<const PublishedSettings> SettingsStore::keep(std::int64_t version,
                                                             std::string_view document) {
  if (document.empty()) return nullptr;
  auto loaded = settings::load_settings(document, published_load_options());
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
  auto publication = db::with_transaction(database_, [&](db::Connection& connection) {
    return publish_document(connection, document, {published_by, "", std::nullopt}, now);
  });
  look_again();
  return publication;
}

}  // namespace ccms::server
