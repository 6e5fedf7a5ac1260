#include "host-sim/tour/tour_config.h"

#include <stdexcept>

namespace ccms::host_sim {

TourConfig load_tour_config(const std::filesystem::path& file) {
  const auto document = load_with_environment(file);
  const auto base = std::filesystem::absolute(file).parent_path();
  try {
    TourConfig config;
    config.port = document.value("port", config.port);
    config.web_root = base / document.at("web_root").get<std::string>();
    config.work_folder = base / document.at("work_folder").get<std::string>();
    config.server = server_of(document.at("server"));
    config.server_data = base / document.at("server_data").get<std::string>();
    config.till = document.at("till");
    config.till_url = document.at("till_url").get<std::string>();
    config.console_url = document.at("console_url").get<std::string>();
    for (const auto& persona : document.at("personas"))
      config.personas.push_back({persona.at("id").get<std::string>(), persona.at("name"),
                                 persona.at("where").get<std::string>(), persona.at("role"),
                                 persona.value("user", ""), persona.value("password", "")});
    return config;
  } catch (const nlohmann::json::exception& problem) {
    throw std::runtime_error(file.string() + ": " + problem.what());
  }
}

}  // namespace ccms::host_sim
