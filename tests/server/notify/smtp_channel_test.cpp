#include "server/notify/smtp_channel.h"

#include <gtest/gtest.h>

#include "server/notify/channels.h"
#include "tests/support/services/postfix_service.h"

namespace ccms::server {
namespace {

using test::PostfixService;

SmtpSettings settings() {
  SmtpSettings settings;
  settings.host = "127.0.0.1";
  settings.port = PostfixService::shared().smtp_port();
  settings.identity = {"ccms@example.test", "Nordmarkt"};
  settings.timeout = std::chrono::seconds(10);
  return settings;
}

SmtpChannel channel_with(const SmtpSettings& given) {
  return SmtpChannel(given,
                     [] { return std::chrono::system_clock::time_point(std::chrono::seconds(1795300000)); });
}

Message message_to(const std::string& address) {
  return {"0192f0c1", "email", address, "Vorgang schön ✓", "Grüße\n.\nEnde\n", "de", "ABCDEFGHJKMN"};
}

TEST(SmtpChannel, AMailArrivesWithAllItsHeaders) {
  SmtpChannel channel = channel_with(settings());
  const SendReport report = channel.send(message_to("arrives@example.test"));
  ASSERT_EQ(report.outcome, SendOutcome::accepted) << report.detail;
  const std::string mail = PostfixService::shared().wait_for_messages("arrives@example.test", 1).front();
  EXPECT_NE(mail.find("Message-Id: <0192f0c1@example.test>"), std::string::npos) << mail;
  EXPECT_NE(mail.find("Auto-Submitted: auto-generated"), std::string::npos);
  EXPECT_NE(mail.find("Subject: Vorgang =?UTF-8?B?"), std::string::npos);
  EXPECT_NE(mail.find("Gr=C3=BC=C3=9Fe"), std::string::npos) << mail;
  // The line with a single dot is part of the text and not its end.
  EXPECT_NE(mail.find("Ende"), std::string::npos) << mail;
}

TEST(SmtpChannel, AConfiguredSenderWithANameIsTakenByTheMailServer) {
  const auto config = parse_config(
      R"({"notify": {"smtp": {"host": "127.0.0.1", "from": "Größe & Co <ccms@example.test>", "port": )" +
          std::to_string(PostfixService::shared().smtp_port()) + "}}}",
      "/nowhere");
  ASSERT_TRUE(config.ok()) << config.error().message;
  NotifyConfig notify = config->notify;
  notify.file_sink = PostfixService::shared().ca_file().parent_path() / "sink";
  const SystemClock clock;
  const SendReport report = make_channels(notify, clock).email->send(message_to("named@example.test"));
  ASSERT_EQ(report.outcome, SendOutcome::accepted) << report.detail;
  const std::string mail = PostfixService::shared().wait_for_messages("named@example.test", 1).front();
  EXPECT_NE(mail.find("Return-Path: <ccms@example.test>"), std::string::npos) << mail;
  EXPECT_NE(mail.find("Message-Id: <0192f0c1@example.test>"), std::string::npos) << mail;
  EXPECT_NE(mail.find("From: =?"), std::string::npos) << mail;
}

TEST(SmtpChannel, StartTlsVerifiesTheServer) {
  SmtpSettings secure = settings();
  secure.host = "localhost";
  secure.start_tls = true;
  EXPECT_EQ(channel_with(secure).send(message_to("tls@example.test")).outcome, SendOutcome::try_again)
      << "a certificate of an unknown authority must not be accepted";
  secure.ca_file = PostfixService::shared().ca_file();
  const SendReport report = channel_with(secure).send(message_to("tls@example.test"));
  EXPECT_EQ(report.outcome, SendOutcome::accepted) << report.detail;
  EXPECT_EQ(PostfixService::shared().wait_for_messages("tls@example.test", 1).size(), 1U);
}

TEST(SmtpChannel, TheServersAnswerSaysWhetherAnotherTryCanHelp) {
  SmtpChannel channel = channel_with(settings());
  const SendReport refused = channel.send(message_to(PostfixService::kRefused));
  EXPECT_EQ(refused.outcome, SendOutcome::undeliverable) << refused.detail;
  const SendReport later = channel.send(message_to(PostfixService::kLater));
  EXPECT_EQ(later.outcome, SendOutcome::try_again) << later.detail;
}

TEST(SmtpChannel, ALoginThatIsRefusedIsTheOperatorsToMend) {
  SmtpSettings wrong = settings();
  wrong.user = "ccms";
  wrong.password = Secret("not the password");
  const SendReport report = channel_with(wrong).send(message_to("kept@example.test"));
  EXPECT_EQ(report.outcome, SendOutcome::try_again) << report.detail;
  EXPECT_EQ(report.detail.find("not the password"), std::string::npos);
}

TEST(SmtpChannel, NobodyThereIsWorthAnotherTry) {
  SmtpSettings nowhere = settings();
  nowhere.port = 1;
  EXPECT_EQ(channel_with(nowhere).send(message_to("x@example.test")).outcome, SendOutcome::try_again);
}

TEST(SmtpChannel, WhatIsNoAddressIsNeverSent) {
  EXPECT_EQ(channel_with(settings()).send(message_to("a@example.test>\r\nRCPT TO:<b@example.test")).outcome,
            SendOutcome::undeliverable);
}

}  // namespace
}  // namespace ccms::server
