// The way to the server against one that answers as no server should.
#include "plugin/sync/http_server_api.h"

#include <gmock/gmock.h>

#include "tests/support/fake_server/fake_http_server.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using plugin::sync::HttpServerApi;
using ::testing::HasSubstr;

class HttpServerApiTest : public ::testing::TestWithParam<Fault> {
 protected:
  domain::Result<plugin::sync::HttpResponse> ask(plugin::sync::HttpTimeouts timeouts) {
    http.set_fault_plan([](const FakeServer::Request&) { return GetParam(); });
    return HttpServerApi::create(http.url(), {}, timeouts).value()->send({"GET", "/", {}, {}});
  }

  FakeServer server{[] { return domain::Instant(); }};
  FakeHttpServer http{server};
};

// Each byte comes well within the limit of silence.
TEST_P(HttpServerApiTest, gives_up_on_an_answer_that_drips) {
  const auto reply = ask({.silence = 1h, .total = 300ms});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, "network");
  EXPECT_THAT(reply.error().message, HasSubstr("too long"));
}

INSTANTIATE_TEST_SUITE_P(Drips, HttpServerApiTest, ::testing::Values(Fault::drip_header, Fault::drip_body),
                         [](const auto& test) {
                           return test.param == Fault::drip_header ? "header" : "body";
                         });

}  // namespace
}  // namespace ccms::test
