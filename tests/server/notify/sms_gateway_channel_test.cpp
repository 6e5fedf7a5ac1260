#include "server/notify/sms_gateway_channel.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "tests/server/notify/stub_gateway.h"

namespace ccms::server {
namespace {

class SmsGatewayChannelTest : public testing::Test {
 protected:
  SmsGatewaySettings settings() {
    SmsGatewaySettings settings;
    settings.send_url = gateway_.url();
    settings.user = "ccms";
    settings.password = Secret("s3cret&x");
    settings.sender = "Nordmarkt";
    settings.report_url = "http://127.0.0.1:1/api/v1/sms/dlr";
    settings.timeout = std::chrono::seconds(2);
    return settings;
  }
  static std::string token(const std::string& id) { return "token-of-" + id; }
  static Message message() { return {"n1", "sms", "+4915112345678", "", "Grüße & ✓", "de", "ABCDEFGHJKMN"}; }

  test::StubGateway gateway_;
};

TEST_F(SmsGatewayChannelTest, AsksInUtf8WithAReportAddressOfItsOwn) {
  SmsGatewayChannel channel(settings(), token);
  EXPECT_EQ(channel.send(message()).outcome, SendOutcome::accepted);
  ASSERT_EQ(gateway_.targets().size(), 1U);
  const std::string target = gateway_.targets()[0];
  EXPECT_NE(target.find("coding=2&charset=UTF-8"), std::string::npos);
  EXPECT_NE(target.find("to=%2B4915112345678"), std::string::npos) << target;
  EXPECT_NE(target.find("text=Gr%C3%BC%C3%9Fe%20%26%20%E2%9C%93"), std::string::npos) << target;
  EXPECT_NE(target.find("password=s3cret%26x"), std::string::npos) << target;
  EXPECT_NE(target.find("id%3Dn1%26token%3Dtoken-of-n1%26status%3D%25d"), std::string::npos) << target;
}

TEST_F(SmsGatewayChannelTest, TheStatusSaysWhetherAnotherTryCanHelp) {
  SmsGatewayChannel channel(settings(), token);
  const std::map<int, SendOutcome> expected = {
      {202, SendOutcome::accepted},      {400, SendOutcome::undeliverable}, {403, SendOutcome::try_again},
      {404, SendOutcome::undeliverable}, {429, SendOutcome::try_again},     {503, SendOutcome::try_again}};
  for (const auto& [status, outcome] : expected) {
    gateway_.answer_with(status);
    EXPECT_EQ(channel.send(message()).outcome, outcome) << status;
  }
}

TEST_F(SmsGatewayChannelTest, NobodyThereIsWorthAnotherTryAndTellsNoPassword) {
  SmsGatewaySettings nowhere = settings();
  nowhere.send_url = "http://127.0.0.1:1/cgi-bin/sendsms";
  const SendReport report = SmsGatewayChannel(nowhere, token).send(message());
  EXPECT_EQ(report.outcome, SendOutcome::try_again);
  EXPECT_EQ(report.detail.find("s3cret"), std::string::npos);
}

TEST_F(SmsGatewayChannelTest, AnAddressThatIsNoneIsRefusedAtTheStart) {
  for (const char* url : {"", "nonsense", "ftp://gateway.example/"}) {
    SmsGatewaySettings bad = settings();
    bad.send_url = url;
    EXPECT_THROW(SmsGatewayChannel(bad, token), std::invalid_argument) << url;
  }
}

}  // namespace
}  // namespace ccms::server
