#include "core/settings/text.h"

#include <gtest/gtest.h>

#include "core/settings/calendar_date.h"
#include "core/settings/email_shape.h"
#include "core/settings/placeholders.h"

namespace ccms::settings {
namespace {

TEST(Text, FallsBackToTheFirstLanguage) {
  const Text text({{"en", "Open"}, {"de", "Offen"}});
  EXPECT_EQ(text.in("de"), "Offen");
  EXPECT_EQ(text.in("fr"), "Open");
  EXPECT_EQ(Text().in("en"), "");
}

TEST(CalendarDate, KnowsLeapYears) {
  EXPECT_TRUE(is_calendar_date("2028-02-29"));
  EXPECT_FALSE(is_calendar_date("2027-02-29"));
  for (const char* wrong : {"", "2027-2-01", "2027-13-01", "2027-00-10", "2027-01-32", "0000-01-01",
                            "20270-1-1", "2027-01-01 ", "+027-01-01", "2027/01/01"}) {
    EXPECT_FALSE(is_calendar_date(wrong)) << wrong;
  }
}

TEST(EmailShape, WantsOneAtBetweenSomething) {
  EXPECT_TRUE(has_email_shape("a@b"));
  EXPECT_TRUE(has_email_shape("jörg@bücher.example"));
  for (const char* wrong : {"", "@", "a@", "@b", "a@b@c", "a b@c", "nobody"}) {
    EXPECT_FALSE(has_email_shape(wrong)) << wrong;
  }
  EXPECT_FALSE(has_email_shape(std::string(65, 'a') + "@b"));
}

TEST(Template, ScansTextAndPlaceholdersInOrder) {
  std::string seen;
  const auto scan = [&](std::string_view source) {
    seen.clear();
    return scan_template(
        source, [&](std::string_view text) { seen += "[" + std::string(text) + "]"; },
        [&](std::string_view name) { seen += "<" + std::string(name) + ">"; });
  };
  EXPECT_FALSE(scan("a {{code}}{{link}} b"));
  EXPECT_EQ(seen, "[a ]<code><link>[ b]");
  EXPECT_FALSE(scan(""));
  EXPECT_EQ(seen, "");
  EXPECT_EQ(scan("a {{code"), 2U);
  EXPECT_EQ(seen, "[a {{code]");
}

}  // namespace
}  // namespace ccms::settings
