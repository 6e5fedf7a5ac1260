#include "tests/server/support/server_under_test.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/settings/settings_store.h"
#include "server/tills/enrolment_codes.h"
#include "tests/support/services/mariadb_service.h"

namespace ccms::test {

std::string name_of(Backend backend) { return backend == Backend::sqlite ? "sqlite" : "mariadb"; }

std::string sample_settings() {
  std::ifstream in(CCMS_SAMPLE_CHAIN "/settings.json", std::ios::binary);
  if (!in) throw std::runtime_error("the sample chain's settings are missing");
  return {std::istreambuf_iterator<char>(in), {}};
}

server::Config config_for(Backend backend, const std::filesystem::path& folder) {
  auto config = server::default_config(folder);
  config.http.port = 0;
  if (backend == Backend::mariadb) {
    const auto address = MariaDbService::shared().fresh_database();
    config.database.kind = server::DatabaseConfig::Kind::mariadb;
    config.database.host = address.host;
    config.database.port = address.port;
    config.database.user = address.user;
    config.database.password = server::Secret(address.password);
    config.database.name = address.database;
  }
  return config;
}

ServerUnderTest::ServerUnderTest(Backend backend, const std::function<void(server::Config&)>& change)
    : config_(config_for(backend, folder_.path())), database_(server::open_database(config_)) {
  if (change) change(config_);
  server::migrate_database(*database_);
  publish(sample_settings());
  app_ = std::make_unique<server::ServerApp>(config_, clock_, log_);
}

void ServerUnderTest::restart() {
  app_.reset();
  app_ = std::make_unique<server::ServerApp>(config_, clock_, log_);
}

void ServerUnderTest::publish(const std::string& settings_document) {
  const auto publication = server::SettingsStore(*database_).publish(settings_document, "test", clock_.now());
  if (publication.version == 0) throw std::runtime_error(to_string(publication.problems.front()));
}

std::string ServerUnderTest::enrolment_code(const std::string& store, const std::string& till) {
  return db::with_transaction(*database_, [&](db::Connection& connection) {
    return server::issue_enrolment_code(connection, store, till, clock_.now());
  });
}

std::int64_t ServerUnderTest::count(const std::string& sql, const db::Params& params) {
  return database_->reader()->query(sql, params).front().integer(0);
}

std::string ServerUnderTest::text(const std::string& sql, const db::Params& params) {
  const auto lease = database_->reader();
  return lease->query(sql, params).front().text(0);
}

}  // namespace ccms::test
