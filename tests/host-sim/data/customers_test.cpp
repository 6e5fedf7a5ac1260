#include "host-sim/data/customers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ccms::host_sim {
namespace {

std::vector<std::string> ids(const std::vector<const Customer*>& customers) {
  std::vector<std::string> result;
  for (const auto* customer : customers) result.push_back(customer->id);
  return result;
}

class Customers : public ::testing::Test {
 protected:
  Customers() {
    store_.add({"c1", "Ada", {{"mobile", "+49 1512 3456789"}, {"card", "0099-1234"}}});
    store_.add({"c2", "Ben", {{"mobile", "+49 1512 3456789"}}});
    store_.add({"c3", "Cleo", {{"email", "cleo@example.test"}}});
  }
  CustomerStore store_;
};

TEST_F(Customers, are_found_by_a_mobile_in_any_spelling) {
  for (const char* spelling : {"+4915123456789", "01512 345 6789", "0049 (1512) 345-6789"})
    EXPECT_THAT(ids(store_.with_identifier(spelling)), ::testing::ElementsAre("c1", "c2")) << spelling;
}

TEST_F(Customers, are_found_by_card_with_or_without_leading_zeros) {
  for (const char* spelling : {"00991234", "0099-1234", "991234"})
    EXPECT_THAT(ids(store_.with_identifier(spelling)), ::testing::ElementsAre("c1")) << spelling;
}

TEST_F(Customers, are_found_by_e_mail_in_any_case) {
  EXPECT_THAT(ids(store_.with_identifier("Cleo@Example.test")), ::testing::ElementsAre("c3"));
}

TEST_F(Customers, unknown_numbers_find_nobody) { EXPECT_TRUE(store_.with_identifier("0000").empty()); }

}  // namespace
}  // namespace ccms::host_sim
