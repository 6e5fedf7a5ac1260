#include "tests/support/services/fakesmsc_log.h"

#include <gtest/gtest.h>

#include "tests/support/services/kannel_service.h"

namespace ccms::test {
namespace {

constexpr const char* kStart = "2026-11-21 23:00:57 [107] [0] DEBUG: Got message 1: ";

std::vector<SmsMessage> messages_in(const std::string& got) {
  return messages_in_fakesmsc_log("INFO: fakesmsc starting\n" + (kStart + got) + "\n");
}

TEST(FakeSmscLog, ReadsPlainText) {
  const auto messages = messages_in("<123 +49170123 text Hello w&rld +1>");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].from, "123");
  EXPECT_EQ(messages[0].to, "+49170123");
  EXPECT_EQ(messages[0].text, "Hello w&rld +1");
}

TEST(FakeSmscLog, ReadsEncodedData) {
  const auto messages = messages_in("<1 2 data one%0Atwo+%2B3>");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].text, "one\ntwo +3");
}

TEST(FakeSmscLog, ReadsUnicodeBeyondTheFirstPlane) {
  const auto messages = messages_in("<1 2 ucs-2 %00G%00%FC+%60%D8%3D%DE%00>");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].text, "Gü\u2060\U0001F600");
}

TEST(FakeSmscLog, JoinsTheParts) {
  const std::string two = "<S 2 udh %05%00%03%07%02%02 data second>";
  const std::string one = "<S 2 udh %05%00%03%07%02%01 data first+>";
  EXPECT_TRUE(messages_in(two).empty());
  const auto messages = messages_in(two + "\n" + kStart + one);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].text, "first second");
}

TEST(FakeSmscLog, JoinsUnicodeParts) {
  std::string full;
  for (int i = 0; i < 67; ++i) full += "%60%4F";
  const std::string one = "<S 2 udh %05%00%03%07%02%01 data " + full + ">";
  const auto messages = messages_in(one + "\n" + kStart + "<S 2 udh %05%00%03%07%02%02 data %00!>");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_TRUE(messages[0].text.ends_with("\u604F\u604F!")) << messages[0].text;
}

TEST(FakeSmscLog, PassesOverALineThatIsStillBeingWritten) {
  EXPECT_TRUE(messages_in_fakesmsc_log(std::string(kStart) + "<1 2 text half>").empty());
}

}  // namespace
}  // namespace ccms::test
