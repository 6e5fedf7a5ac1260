#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/domain/result.h"
#include "plugin/app/till.h"
#include "plugin/sync/engine.h"

namespace ccms::plugin::abi {

/// What a host configures.
struct Config {
  std::filesystem::path data_folder;
  std::string server_url;
  std::filesystem::path ca_file;  ///< empty: the system's certificates
  app::TillConfig till;
  sync::SyncTiming timing;
};

/// Reads the JSON given to `create`, strictly.
domain::Result<Config> parse_config(std::string_view json);

}  // namespace ccms::plugin::abi
