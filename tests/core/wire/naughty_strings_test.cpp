#include <gtest/gtest.h>

#include "core/domain/text.h"
#include "core/wire/capture.h"
#include "core/wire/ticket_json.h"
#include "tests/core/wire/sample_captures.h"
#include "tests/support/files/files.h"

namespace ccms::wire {
namespace {

/// Strings that break software: each comes back exactly, or is refused with its field named.
class NaughtyStrings : public testing::Test {
 protected:
  template <class Place>
  void expect_kept_or_refused(const std::string& field, Place place) {
    int kept = 0;
    for (const std::string& text : test::read_lines(test::shared_data("naughty_strings.txt"))) {
      domain::Capture capture = test::sample_created();
      place(std::get<domain::Created>(capture.body).content) = text;
      const auto bytes = build_capture(capture);
      if (!bytes) {
        EXPECT_EQ(bytes.error().field, field) << text;
        continue;
      }
      const auto parsed = parse_capture(*bytes);
      ASSERT_TRUE(parsed) << text;
      EXPECT_EQ(*parsed, capture) << text;
      EXPECT_TRUE(domain::is_valid_utf8(*bytes));
      ++kept;
    }
    EXPECT_GT(kept, 400);
  }
};

TEST_F(NaughtyStrings, AsDetails) {
  expect_kept_or_refused("/body/ticket/details", [](domain::TicketContent& content) -> std::string& {
    return content.ticket.details;
  });
}

TEST_F(NaughtyStrings, AsACustomValue) {
  expect_kept_or_refused("/body/ticket/custom/purchase_date",
                         [](domain::TicketContent& content) -> domain::CustomValue& {
                           return content.ticket.custom[domain::FieldId("purchase_date")];
                         });
}

TEST_F(NaughtyStrings, AsAName) {
  expect_kept_or_refused("/body/complainant/name", [](domain::TicketContent& content) -> std::string& {
    return content.complainant.name.emplace();
  });
}

TEST_F(NaughtyStrings, AsWholeDocumentsAreNeverTaken) {
  for (const std::string& text : test::read_lines(test::shared_data("naughty_strings.txt"))) {
    EXPECT_FALSE(parse_capture(text)) << text;
    EXPECT_FALSE(parse_ticket_request(text, RequestOrigin::api)) << text;
  }
}

}  // namespace
}  // namespace ccms::wire
