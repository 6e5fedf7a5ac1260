#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/app/config.h"
#include "server/cli/command_line.h"
#include "tests/server/cli/said.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {

/// The program as an operator types it, with a configuration file for the database of a server that runs.
class Program {
 public:
  explicit Program(const server::Config& config)
      : config_file_(folder_.write("ccms.json", document(config.database).dump()).string()) {}

  Said operator()(std::vector<std::string> words) const {
    words.insert(words.begin(), "ccms-server");
    words.insert(words.end(), {"--config", config_file_});
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    return run([&] { return server::run_command_line(static_cast<int>(argv.size()), argv.data()); });
  }

 private:
  static nlohmann::json document(const server::DatabaseConfig& database) {
    if (database.kind == server::DatabaseConfig::Kind::sqlite)
      return {{"database", {{"kind", "sqlite"}, {"path", database.path.string()}}}};
    return {{"database",
             {{"kind", "mariadb"},
              {"host", database.host},
              {"port", database.port},
              {"name", database.name},
              {"user", database.user},
              {"password", database.password.reveal()},
              {"connections", 2}}}};
  }

  TempFolder folder_;
  const std::string config_file_;
};

}  // namespace ccms::test
