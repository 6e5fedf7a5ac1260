#pragma once

#include "core/db/database.h"
#include "server/app/clock.h"
#include "server/app/config.h"
#include "server/app/logger.h"
#include "server/app/metrics.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

/// What handlers and jobs are given. The composition root owns all of it and keeps it alive longer than them.
struct Services {
  db::Database& database;
  const Clock& clock;
  SettingsProvider& settings;
  const Logger& log;
  Metrics& metrics;
  const Config& config;
};

}  // namespace ccms::server
