#include "core/db/rows.h"

#include <gtest/gtest.h>

#include "core/db/db_error.h"

namespace ccms::db {
namespace {

Rows one_row(std::vector<Rows::Cell> cells) {
  auto names = std::make_shared<std::vector<std::string>>();
  for (std::size_t i = 0; i < cells.size(); ++i) names->push_back(std::string(1, static_cast<char>('a' + i)));
  Rows rows(names);
  for (auto& cell : cells) rows.append(std::move(cell));
  return rows;
}

TEST(Rows, FindsColumnsByPositionAndName) {
  const Rows rows = one_row({std::int64_t{7}, std::string("x")});
  EXPECT_EQ(rows.front().integer(0), 7);
  EXPECT_EQ(rows.front().text("b"), "x");
  EXPECT_THROW(rows.front().integer(2), DbError);
  EXPECT_THROW(rows.front().integer("B"), DbError);
  EXPECT_THROW(rows.at(1), DbError);
}

TEST(Rows, ReadsNumbersFromTextAndFromEachOther) {
  const Rows rows = one_row({std::string("-12"), std::string("0.5"), 3.0, std::int64_t{4}});
  EXPECT_EQ(rows.front().integer("a"), -12);
  EXPECT_EQ(rows.front().real("b"), 0.5);
  EXPECT_EQ(rows.front().integer("c"), 3);
  EXPECT_EQ(rows.front().real("d"), 4.0);
}

TEST(Rows, RefusesWhatIsNotOfTheKind) {
  const Rows rows = one_row({std::string("12a"), 0.5, 1e30, std::int64_t{4}, std::string()});
  EXPECT_THROW(rows.front().integer("a"), DbError);
  EXPECT_THROW(rows.front().integer("b"), DbError);
  EXPECT_THROW(rows.front().integer("c"), DbError);
  EXPECT_THROW(rows.front().text("d"), DbError);
  EXPECT_THROW(rows.front().real("e"), DbError);
}

TEST(Rows, AreEmptyWithoutRows) {
  EXPECT_TRUE(Rows().empty());
  EXPECT_EQ(Rows().size(), 0U);
  for (const Row row : Rows()) FAIL() << row.text(0);
  EXPECT_THROW(Rows().front(), DbError);
}

}  // namespace
}  // namespace ccms::db
