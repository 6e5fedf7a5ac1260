#include <gtest/gtest.h>

#include <algorithm>

#include "server/notify/sms_gateway_channel.h"
#include "tests/server/notify/stub_gateway.h"
#include "tests/support/services/kannel_service.h"
#include "tests/support/services/wait_until.h"

namespace ccms::server {
namespace {

using test::KannelService;

SmsGatewaySettings settings() {
  SmsGatewaySettings settings;
  settings.send_url =
      "http://127.0.0.1:" + std::to_string(KannelService::shared().sendsms_port()) + "/cgi-bin/sendsms";
  settings.user = KannelService::kUser;
  settings.password = Secret(KannelService::kPassword);
  settings.sender = "12345";
  return settings;
}

std::string no_token(const std::string&) { return {}; }

TEST(Kannel, ATextOfEveryScriptReachesThePhone) {
  SmsGatewayChannel channel(settings(), no_token);
  const std::string text =
      "Nordmarkt: Grüße ✓ 漢字 – Ihr Vorgang ist abholbereit. Geöffnet Mo-Sa 9-20 Uhr, bitte die Nummer "
      "mitbringen: ABCD-EFGH-JKMN";
  const SendReport report = channel.send({"k1", "sms", "+4915100000001", "", text, "de", "ABCDEFGHJKMN"});
  ASSERT_EQ(report.outcome, SendOutcome::accepted) << report.detail;
  const auto received = KannelService::shared().wait_for_messages("+4915100000001", 1);
  EXPECT_EQ(received.front().text, text);
}

TEST(Kannel, TheDeliveryReportComesToTheMessagesOwnAddress) {
  test::StubGateway receiver;
  SmsGatewaySettings reporting = settings();
  reporting.report_url = receiver.url();
  SmsGatewayChannel channel(reporting, [](const std::string& id) { return "token-of-" + id; });
  ASSERT_EQ(channel.send({"k3", "sms", "+4915100000003", "", "x", "de", "ABCDEFGHJKMN"}).outcome,
            SendOutcome::accepted);
  const auto delivered = [&] {
    const auto targets = receiver.targets();
    return std::any_of(targets.begin(), targets.end(), [](const std::string& target) {
      return target.ends_with("?id=k3&token=token-of-k3&status=1");
    });
  };
  EXPECT_TRUE(test::wait_until(delivered, std::chrono::seconds(30)))
      << (receiver.targets().empty() ? "no report came" : receiver.targets().back());
}

TEST(Kannel, AWrongPasswordIsTheOperatorsToMend) {
  SmsGatewaySettings wrong = settings();
  wrong.password = Secret("wrong");
  const SendReport report =
      SmsGatewayChannel(wrong, no_token).send({"k2", "sms", "+4915100000002", "", "x", "de", "ABCDEFGHJKMN"});
  EXPECT_EQ(report.outcome, SendOutcome::try_again);
}

}  // namespace
}  // namespace ccms::server
