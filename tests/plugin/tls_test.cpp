// HTTPS: the plugin talks to the server that the certificates name, and to no other.
#include <gmock/gmock.h>

#include "plugin/sync/http_server_api.h"
#include "tests/support/services/certificate.h"
#include "tests/support/services/child_process.h"
#include "tests/support/services/loopback.h"
#include "tests/support/services/temp_folder.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using plugin::sync::HttpServerApi;

class Tls : public ::testing::Test {
 protected:
  std::filesystem::path certificate(const std::string& name, const std::string& host) {
    return make_certificate(folder.path(), name, host);
  }

  domain::Result<plugin::sync::HttpResponse> ask(const std::string& name,
                                                 const std::filesystem::path& ca_file) {
    const auto port = free_port();
    const auto path = (folder.path() / name).string();
    ChildProcess server(
        {.command = {"openssl", "s_server", "-quiet", "-www", "-accept", "127.0.0.1:" + std::to_string(port),
                     "-cert", path + ".pem", "-key", path + ".key"}});
    EXPECT_TRUE(wait_until([&] { return accepts_connections(port); }, 10s));
    const auto api = HttpServerApi::create("https://localhost:" + std::to_string(port), ca_file);
    return api.value()->send({"GET", "/", {}, {}});
  }

  TempFolder folder;
};

TEST_F(Tls, talks_to_the_server_that_the_authority_vouches_for) {
  const auto ca = certificate("right", "localhost");
  const auto reply = ask("right", ca);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 200);
}

TEST_F(Tls, refuses_an_unknown_authority) {
  certificate("right", "localhost");
  EXPECT_FALSE(ask("right", certificate("other", "localhost")));
}

TEST_F(Tls, refuses_another_hosts_certificate) {
  const auto ca = certificate("elsewhere", "elsewhere.example");
  EXPECT_FALSE(ask("elsewhere", ca));
}

}  // namespace
}  // namespace ccms::test
