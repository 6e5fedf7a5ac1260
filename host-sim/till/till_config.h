#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "host-sim/data/transaction_mapping.h"

namespace ccms::host_sim {

struct Clerk {
  std::string id;
  std::string name;
};

/// A file of receipts and how to read it.
struct TransactionSource {
  std::filesystem::path file;
  TransactionMapping mapping;
};

/// Everything that makes one till: which plugin, which store, where its data is, what it sells from.
/// The JSON form: {"plugin", "data_folder", "server_url", "ca_file"?, "store", "till", "language"?,
/// "training"?, "sync"?, "clerks": [{"id", "name"}], "manager"?: {"id", "name"}, "customers": ["file"],
/// "transactions": [{"file", "mapping": {...} | "file"}], "listen": {"address", "port"}, "web_root"?}.
/// Relative paths are relative to the config file.
struct TillConfig {
  std::filesystem::path plugin;
  std::filesystem::path data_folder;
  std::string server_url;
  std::string ca_file;
  std::string store;
  std::string till;
  std::string language;
  bool training = false;
  std::string sync;  ///< the plugin's "sync" settings as JSON; empty leaves them to the plugin
  std::vector<Clerk> clerks;
  std::optional<Clerk> manager;  ///< approves at once what a manager is asked for; absent: nobody is asked
  std::vector<std::filesystem::path> customers;
  std::vector<TransactionSource> transactions;
  std::string listen_address = "127.0.0.1";
  std::uint16_t listen_port = 0;  ///< 0 takes a free one
  std::filesystem::path web_root;

  /// The configuration that the plugin's `create` takes.
  std::string plugin_config() const;
};

/// Errors, of unknown members too: std::runtime_error naming the member.
TillConfig parse_till_config(const nlohmann::json& document, const std::filesystem::path& base_folder);
TillConfig load_till_config(const std::filesystem::path& file);

}  // namespace ccms::host_sim
