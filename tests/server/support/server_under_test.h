#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "core/db/database.h"
#include "server/app/server_app.h"
#include "tests/server/support/test_clock.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {

enum class Backend { sqlite, mariadb };
std::string name_of(Backend backend);

/// The sample chain's settings document.
std::string sample_settings();

/// A whole server in this process, with an empty database of its own that has the sample chain's settings.
/// Requests go in without a socket; jobs do not run by themselves.
class ServerUnderTest {
 public:
  /// `change` may bend the configuration before the server is made.
  explicit ServerUnderTest(Backend backend, const std::function<void(server::Config&)>& change = nullptr);

  server::Response send(server::Request request) const { return app_->dispatch(std::move(request)); }

  const server::Router& router() const { return app_->router(); }

  /// Ends the server and starts another on the same database.
  void restart();

  /// A second way into the database, for looking and for preparing.
  db::Database& database() { return *database_; }
  const server::Config& config() const { return config_; }
  TestClock& clock() { return clock_; }
  /// Everything that the server logged, at every level. Call it while nothing is being answered.
  std::string log() const { return log_text_.str(); }
  /// The server itself, for tests that start it and talk to it over its socket.
  server::ServerApp& app() { return *app_; }

  void publish(const std::string& settings_document);
  std::string enrolment_code(const std::string& store, const std::string& till);
  /// Runs one SELECT of one number.
  std::int64_t count(const std::string& sql, const db::Params& params = {});
  /// Runs one SELECT of one text.
  std::string text(const std::string& sql, const db::Params& params = {});

 private:
  TempFolder folder_;
  TestClock clock_;
  std::ostringstream log_text_;
  server::Logger log_ = server::Logger::to_stream("debug", log_text_);
  server::Config config_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<server::ServerApp> app_;
};

/// The default configuration on a backend, with all files in `folder`; MariaDB gets a fresh database.
server::Config config_for(Backend backend, const std::filesystem::path& folder);

}  // namespace ccms::test
