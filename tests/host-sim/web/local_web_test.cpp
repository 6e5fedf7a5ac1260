#include "host-sim/web/local_web.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host-sim/net/http_json.h"

namespace ccms::host_sim {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class Page : public ::testing::Test {
 protected:
  int post(const std::map<std::string, std::string>& headers) {
    return exchange_http(web_.url(), "POST", "/press", "{}", headers).status;
  }
  std::string authority() const { return web_.url().substr(std::string("http://").size()); }
  std::string port() const { return authority().substr(authority().find(':')); }

  int pressed_ = 0;
  LocalWeb web_{{}, {{"POST", "/press", [this](const WebRequest&) {
                        ++pressed_;
                        return WebResponse{};
                      }}}};
};

TEST_F(Page, that_came_from_here_may_ask_and_so_may_a_program) {
  EXPECT_EQ(post({}), 200);
  EXPECT_EQ(post({{"Origin", web_.url()}}), 200);
  EXPECT_EQ(post({{"Host", "localhost" + port()}, {"Origin", "http://localhost" + port()}}), 200);
  EXPECT_EQ(pressed_, 3);
}

TEST_F(Page, of_another_site_may_not_ask) {
  for (const auto* origin :
       {"https://shop.example", "http://127.0.0.1:1", "null", "http://127.0.0.1.example"})
    EXPECT_EQ(post({{"Origin", origin}}), 403) << origin;
  EXPECT_EQ(pressed_, 0);
}

TEST_F(Page, reached_by_a_foreign_name_may_not_ask) {
  for (const std::string host : {"shop.example", "127.0.0.1.example", "", "localhost.example"})
    EXPECT_EQ(post({{"Host", host + port()}, {"Origin", "http://" + host + port()}}), 403) << host;
  EXPECT_EQ(pressed_, 0);
}

TEST_F(Page, needs_a_port_of_its_own) {
  const auto taken = static_cast<std::uint16_t>(std::stoi(port().substr(1)));
  EXPECT_THAT(
      [&] {
        const LocalWeb second({"127.0.0.1", taken, {}}, {});
      },
      ThrowsMessage<std::runtime_error>(HasSubstr("cannot listen on 127.0.0.1:")));
}

}  // namespace
}  // namespace ccms::host_sim
