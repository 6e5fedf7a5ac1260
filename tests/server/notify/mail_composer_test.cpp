#include "server/notify/mail_composer.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

const MailIdentity kIdentity{"ccms@example.test", "Größe & Co"};
const std::chrono::system_clock::time_point kDate{std::chrono::seconds(1795300000)};

Message message() {
  return {"0192-id",          "email", "mia@example.test", "Ihr Vorgang: schön ✓",
          "Grüße\n.\n漢字\n", "de",    "ABCDEFGHJKMN"};
}

TEST(MailComposer, TheMessageIdIsTheNotificationsForEver) {
  EXPECT_NE(compose_mail(message(), kIdentity, kDate).find("Message-Id: <0192-id@example.test>"),
            std::string::npos);
}

TEST(MailComposer, SaysThatAMachineWroteIt) {
  EXPECT_NE(compose_mail(message(), kIdentity, kDate).find("Auto-Submitted: auto-generated"),
            std::string::npos);
}

TEST(MailComposer, HeadersAreAsciiWhateverTheSubject) {
  const std::string mail = compose_mail(message(), kIdentity, kDate);
  for (const char byte : mail.substr(0, mail.find("\r\n\r\n")))
    EXPECT_LT(static_cast<unsigned char>(byte), 0x80);
}

TEST(MailComposer, EveryLineEndsWithCrLf) {
  const std::string mail = compose_mail(message(), kIdentity, kDate);
  for (std::size_t at = mail.find('\n'); at != std::string::npos; at = mail.find('\n', at + 1))
    EXPECT_EQ(mail[at - 1], '\r');
}

TEST(MailComposer, ALineBreakInTheSubjectAddsNoHeader) {
  Message mail = message();
  mail.subject = "Hello\r\nBcc: victim@example.test";
  EXPECT_EQ(compose_mail(mail, kIdentity, kDate).find("\nBcc:"), std::string::npos);
}

TEST(MailComposer, TheSendersNameStandsInFromAlone) {
  const std::string mail = compose_mail(message(), {"ccms@example.test", "Nordmarkt"}, kDate);
  EXPECT_NE(mail.find("From: Nordmarkt <ccms@example.test>\r\n"), std::string::npos) << mail;
  EXPECT_NE(mail.find("Message-Id: <0192-id@example.test>"), std::string::npos) << mail;
}

TEST(MailComposer, ASenderMayHaveAName) {
  const auto reads = [](const std::string& text, const std::string& name) {
    const auto sender = parse_sender(text);
    ASSERT_TRUE(sender) << text;
    EXPECT_EQ(sender->from_address, "ccms@example.test") << text;
    EXPECT_EQ(sender->from_name, name) << text;
  };
  reads("ccms@example.test", "");
  reads(" <ccms@example.test> ", "");
  reads("Größe & Co <ccms@example.test>", "Größe & Co");
  reads("Nordmarkt<ccms@example.test>", "Nordmarkt");
  reads(R"("Nordmarkt, \"Service\"" <ccms@example.test>)", "Nordmarkt, \"Service\"");
}

TEST(MailComposer, WhatIsNoSenderIsNone) {
  for (const char* bad :
       {"", "Nordmarkt", "Nordmarkt <ccms>", "Nordmarkt ccms@example.test", "<a@b.test", "a@b.test>",
        "A <a@b.test> B", "A <a@b.test> <c@d.test>", "a@b.test, c@d.test", "\"A <a@b.test>",
        "\"A\\\" <a@b.test>", "A\r\nBcc: x@y.test <a@b.test>", "A\xff <a@b.test>", "größe@example.test"})
    EXPECT_FALSE(parse_sender(bad)) << bad;
}

TEST(MailComposer, OnlyOnePlainAddressIsAnAddress) {
  EXPECT_TRUE(is_plain_mail_address("mia.o'hara+ccms@example.test"));
  for (const char* bad : {"", "mia", "@example.test", "mia@", "a@b@c", "Mia <mia@example.test>",
                          "a@b.test,c@d.test", "mia@example.test\r\nRCPT TO:<x@y.test>", "mia @example.test"})
    EXPECT_FALSE(is_plain_mail_address(bad)) << bad;
}

}  // namespace
}  // namespace ccms::server
