#include "tests/server/support/server_process.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/support/services/loopback.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {

using namespace std::chrono_literals;

ServerProcess::ServerProcess(std::filesystem::path program, const server::Config& config)
    : program_(std::move(program)),
      folder_(config.data_folder),
      port_(free_port()),
      config_file_(folder_ / "server.json") {
  nlohmann::json document{
      {"data_folder", folder_.string()}, {"http", {{"port", port_}}}, {"log_level", "warn"}};
  if (config.http.tls()) {
    document["http"]["certificate"] = config.http.certificate.string();
    document["http"]["key"] = config.http.key.string();
  }
  if (config.database.kind == server::DatabaseConfig::Kind::mariadb) {
    const auto& db = config.database;
    document["database"] = {{"kind", "mariadb"}, {"host", db.host}, {"port", db.port},
                            {"name", db.name},   {"user", db.user}, {"password", db.password.reveal()}};
  }
  if (!(std::ofstream(config_file_) << document))
    throw std::runtime_error("cannot write " + config_file_.string());
}

void ServerProcess::start() {
  ChildOptions options;
  options.command = {program_.string(), "--config", config_file_.string(), "serve"};
  options.output = folder_ / "server.log";
  process_ = std::make_unique<ChildProcess>(options);
  if (!wait_until([this] { return accepts_connections(port_); }, 20s))
    throw std::runtime_error("the server does not accept connections: see " + options.output.string());
}

}  // namespace ccms::test
