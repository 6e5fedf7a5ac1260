#include <gtest/gtest.h>

#include "core/db/reusable_statement.h"

namespace ccms::db {
namespace {

TEST(CountParameters, LeavesQuotesAndCommentsAside) {
  EXPECT_EQ(count_parameters(""), 0U);
  EXPECT_EQ(count_parameters("SELECT ? + ?"), 2U);
  EXPECT_EQ(count_parameters("SELECT '?', \"?\", `?`, ?"), 1U);
  EXPECT_EQ(count_parameters("SELECT 'it''s ?', ?"), 1U);
  EXPECT_EQ(count_parameters("SELECT ? -- really?\n, ?"), 2U);
  EXPECT_EQ(count_parameters("SELECT /* ? ' */ ? /* open ?"), 1U);
  EXPECT_EQ(count_parameters("SELECT 'open ?"), 0U);
}

}  // namespace
}  // namespace ccms::db
