// Tills and people over HTTPS, as a chain's stores reach its server.
#include <Poco/Exception.h>
#include <gmock/gmock.h>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/settings/settings_store.h"
#include "server/tills/enrolment_codes.h"
#include "tests/plugin/till_fixture.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/server_process.h"
#include "tests/server/support/server_under_test.h"
#include "tests/support/plugin_host/plugin_host.h"
#include "tests/support/services/certificate.h"
#include "tests/support/services/temp_folder.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using Json = PluginHost::Json;

class Encrypted : public ::testing::Test {
 protected:
  Encrypted() {
    config_.http.certificate = make_certificate(folder_.path(), "server", "localhost");
    config_.http.key = folder_.path() / "server.key";
    {
      const auto before = server::open_database(config_);
      server::migrate_database(*before);
      server::SettingsStore(*before).publish(sample_settings(), "test", now());
    }
    process_ = std::make_unique<ServerProcess>(CCMS_SERVER, config_);
    process_->start();
    database_ = server::open_database(config_);
  }

  static server::Instant now() { return server::SystemClock().now(); }
  std::string enrolment_code() {
    return db::with_transaction(*database_, [](db::Connection& connection) {
      return server::issue_enrolment_code(connection, "S001", "S001-T1", now());
    });
  }
  Json till_config(const std::filesystem::path& ca_file) const {
    std::filesystem::create_directories(folder_.path() / "till");
    auto config =
        PluginHost::config(folder_.path() / "till", "https://localhost:" + std::to_string(process_->port()));
    config["ca_file"] = ca_file.string();
    return config;
  }
  std::int64_t tickets() {
    return database_->reader()->query("SELECT COUNT(*) AS n FROM tickets").front().integer(0);
  }
  static Json ticket_request(PluginHost& host) {
    const auto form =
        host.expect(&ccms_plugin_t::form,
                    {{"clerk", {{"id", "c17"}, {"name", "Mia"}}}, {"kind", "complaint"}, {"language", "en"}});
    return sample_request(form.at("form_id"));
  }

  TempFolder folder_;
  server::Config config_ = config_for(Backend::sqlite, folder_.path());
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<ServerProcess> process_;
};

TEST_F(Encrypted, ATillEnrolsAndSendsItsTicketToTheServerThatItsAuthorityVouchesFor) {
  PluginHost till;
  till.open(till_config(config_.http.certificate));
  till.enrol(enrolment_code());
  till.await_settings();
  till.expect(&ccms_plugin_t::create_ticket, ticket_request(till));
  EXPECT_TRUE(wait_until([&] { return tickets() == 1; }, 20s));
}

TEST_F(Encrypted, ATillThatTrustsAnotherAuthorityTellsTheServerNothing) {
  PluginHost till;
  till.open(till_config(make_certificate(folder_.path(), "other", "localhost")));
  const auto code = enrolment_code();
  EXPECT_THROW(till.enrol(code), std::runtime_error);
  EXPECT_EQ(database_->reader()->query("SELECT COUNT(*) AS n FROM till_keys").front().integer(0), 0);
}

TEST_F(Encrypted, WhoSpeaksInClearGetsNoAnswer) {
  server::Request request;
  request.method = "GET";
  request.target = "/healthz";
  EXPECT_THROW(send_over_http(process_->port(), request), Poco::Exception);
}

}  // namespace
}  // namespace ccms::test
