#include "tests/support/services/kannel_service.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/URI.h>
#include <gtest/gtest.h>

#include <string>

namespace ccms::test {
namespace {

int send(const std::string& password, const std::string& to, const std::string& text) {
  Poco::URI uri("/cgi-bin/sendsms");
  uri.addQueryParameter("username", KannelService::kUser);
  uri.addQueryParameter("password", password);
  uri.addQueryParameter("from", "SHOP");
  uri.addQueryParameter("to", to);
  uri.addQueryParameter("text", text);
  uri.addQueryParameter("charset", "UTF-8");
  uri.addQueryParameter("coding", "2");
  Poco::Net::HTTPClientSession session("127.0.0.1", KannelService::shared().sendsms_port());
  Poco::Net::HTTPRequest request("GET", uri.getPathAndQuery());
  session.sendRequest(request);
  Poco::Net::HTTPResponse response;
  session.receiveResponse(response);
  return response.getStatus();
}

TEST(KannelService, DeliversEveryScript) {
  const std::string text = "Grüße, 你好 & שלום\nAB+12";
  EXPECT_EQ(send(KannelService::kPassword, "+4917012345", text), 202);
  const auto messages = KannelService::shared().wait_for_messages("+4917012345", 1);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].from, "SHOP");
  EXPECT_EQ(messages[0].text, text);
}

TEST(KannelService, PutsALongTextTogether) {
  std::string text;
  while (text.size() < 180) text += "long text; ";
  EXPECT_EQ(send(KannelService::kPassword, "+4917099999", text), 202);
  const auto messages = KannelService::shared().wait_for_messages("+4917099999", 1);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].text, text);
}

TEST(KannelService, RefusesAWrongPassword) { EXPECT_EQ(send("wrong", "+4917012345", "x"), 403); }

}  // namespace
}  // namespace ccms::test
