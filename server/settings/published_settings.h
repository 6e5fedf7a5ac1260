#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "core/workflow/tat.h"

namespace ccms::server {

class SettingsProvider;

/// One published version of the chain's settings. Never changes: share it freely between threads.
struct PublishedSettings {
  std::int64_t version = 0;
  settings::Settings settings;
  workflow::TatRules tat;              ///< of the settings
  settings::Escalation escalation;     ///< of the settings, with a ladder for each role's time
  SettingsProvider* others = nullptr;  ///< where the other versions are; outlives this one's users
};

/// Prepares what is computed from a version once.
PublishedSettings prepare(std::int64_t version, settings::Settings settings, SettingsProvider& others);

/// A stored version that this program cannot read: written by a newer one, or damaged.
class UnreadableSettings : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where handlers get the settings from. Thread-safe.
class SettingsProvider {
 public:
  virtual ~SettingsProvider() = default;
  /// The version in force; null while nothing is published. Throws db::DbError and UnreadableSettings.
  virtual std::shared_ptr<const PublishedSettings> current() = 0;
  /// Any version; null when there is none of this number. Throws db::DbError and UnreadableSettings.
  virtual std::shared_ptr<const PublishedSettings> at(std::int64_t version) = 0;
  /// The same over a connection that the caller holds, which at(version) must not be called with.
  virtual std::shared_ptr<const PublishedSettings> at(db::Connection& connection, std::int64_t version) = 0;
};

}  // namespace ccms::server
