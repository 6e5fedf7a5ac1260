#include "tests/support/services/postfix_service.h"

#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <gtest/gtest.h>

#include <string>

namespace ccms::test {
namespace {

void send(const std::string& to, const std::string& subject) {
  Poco::Net::MailMessage message;
  message.setSender("shop@example.test");
  message.addRecipient({Poco::Net::MailRecipient::PRIMARY_RECIPIENT, to});
  message.setSubject(subject);
  message.setContent("Guten Tag", Poco::Net::MailMessage::ENCODING_8BIT);
  Poco::Net::SMTPClientSession session("127.0.0.1", PostfixService::shared().smtp_port());
  session.login();
  session.sendMessage(message);
  session.close();
}

TEST(PostfixService, KeepsEachRecipientsMail) {
  send("department@example.test", "for the department");
  send("customer@example.test", "for the customer");
  const auto mails = PostfixService::shared().wait_for_messages("customer@example.test", 1);
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].find("\nSubject: for the customer\n"), std::string::npos) << mails[0];
  EXPECT_NE(mails[0].find("\n\nGuten Tag"), std::string::npos) << mails[0];
  EXPECT_EQ(PostfixService::shared().wait_for_messages("department@example.test", 1).size(), 1U);
}

TEST(PostfixService, RefusesForGoodAndForNow) {
  try {
    send(PostfixService::kRefused, "never");
    FAIL() << "it was accepted";
  } catch (const Poco::Net::SMTPException& error) {
    EXPECT_EQ(error.code(), 550);
  }
  try {
    send(PostfixService::kLater, "later");
    FAIL() << "it was accepted";
  } catch (const Poco::Net::SMTPException& error) {
    EXPECT_EQ(error.code(), 450);
  }
}

TEST(PostfixService, SaysWhenTooFewCame) {
  EXPECT_THROW(
      PostfixService::shared().wait_for_messages("nobody@example.test", 1, std::chrono::milliseconds(1)),
      std::runtime_error);
}

}  // namespace
}  // namespace ccms::test
