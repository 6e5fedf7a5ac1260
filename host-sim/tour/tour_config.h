#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "host-sim/run/scenario.h"

namespace ccms::host_sim {

/// Somebody whose view of the product the tour can take on with one click.
struct Persona {
  std::string id;
  nlohmann::json name;  ///< a text, or {"en": …, "de": …}
  std::string where;    ///< "till" or "console"
  nlohmann::json role;  ///< like name: what they do
  std::string user;     ///< console: the account
  std::string password;
};

/// The guided tour: a till, the customer's phone and the console side by side, with a server of their own.
struct TourConfig {
  std::uint16_t port = 8090;
  std::filesystem::path web_root;
  std::filesystem::path work_folder;
  ScenarioServer server;
  std::filesystem::path server_data;  ///< what the server keeps; a reset puts back its first state
  nlohmann::json till;                ///< a till's configuration without server_url
  std::string till_url;
  std::string console_url;
  std::vector<Persona> personas;
};

/// Errors: std::runtime_error naming the member. Relative paths are relative to the file.
TourConfig load_tour_config(const std::filesystem::path& file);

}  // namespace ccms::host_sim
