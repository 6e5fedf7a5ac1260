#include <limits>
#include <string>

#include "tests/core/db/backend.h"

namespace ccms::db::test {
namespace {

class Statement : public DatabaseTest {
 protected:
  Statement() {
    create(
        "CREATE TABLE samples (id {{id}} NOT NULL PRIMARY KEY, number {{int}}, ratio {{real}}, words "
        "{{text}},"
        " bytes {{blob}}){{table}}");
  }

  void insert(const Value& id, const Value& number, const Value& ratio, const Value& words,
              const Value& bytes) {
    const Lease lease = database_.writer();
    EXPECT_EQ(lease->execute("INSERT INTO samples (id, number, ratio, words, bytes) VALUES (?, ?, ?, ?, ?)",
                             {id, number, ratio, words, bytes}),
              1);
  }
  Rows select(const std::string& where = "1 = 1", const Params& params = {}) {
    const Lease lease = database_.reader();
    return lease->query("SELECT id, number, ratio, words, bytes FROM samples WHERE " + where + " ORDER BY id",
                        params);
  }
};

TEST_F(Statement, KeepsTheLongestBytesAndFourByteTextAsTheyAre) {
  std::string bytes(60'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  const std::string words = "Größe 鞋子 🛒👩🏽‍🔧 \"'\\% \n\t";
  insert("a", 1, 0.5, words, Blob{bytes});

  const Rows rows = select("words = ? AND bytes = ?", {words, Blob{bytes}});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().text("words"), words);
  EXPECT_EQ(rows.front().blob("bytes"), bytes);
}

TEST_F(Statement, KeepsTheLongestText) {
  std::string words;
  while (words.size() + 4 <= 60'000) words += "🧾";
  insert("a", 1, 0.5, words, nullptr);
  EXPECT_EQ(select().front().text("words"), words);
}

TEST_F(Statement, KeepsNumbersToTheirLimits) {
  using Limits = std::numeric_limits<std::int64_t>;
  insert("max", Limits::max(), std::numeric_limits<double>::max(), nullptr, nullptr);
  insert("min", Limits::min(), 0.1, nullptr, nullptr);
  const Rows rows = select();
  EXPECT_EQ(rows.at(0).integer("number"), Limits::max());
  EXPECT_EQ(rows.at(0).real("ratio"), std::numeric_limits<double>::max());
  EXPECT_EQ(rows.at(1).integer("number"), Limits::min());
  EXPECT_EQ(rows.at(1).real("ratio"), 0.1);
}

TEST_F(Statement, TellsNullFromEmpty) {
  insert("empty", 0, 0.0, "", Blob{});
  insert("null", nullptr, std::nullopt, std::optional<std::string>(), std::optional<Blob>());
  const Rows rows = select();
  const Row empty = rows.at(0);
  EXPECT_EQ(empty.optional_integer("number"), 0);
  EXPECT_EQ(empty.optional_real("ratio"), 0.0);
  EXPECT_EQ(empty.optional_text("words"), "");
  EXPECT_EQ(empty.optional_blob("bytes"), "");
  const Row null = rows.at(1);
  for (std::size_t column = 1; column < 5; ++column) EXPECT_TRUE(null.is_null(column)) << column;
  EXPECT_EQ(null.optional_integer("number"), std::nullopt);
  EXPECT_EQ(null.optional_text("words"), std::nullopt);
  EXPECT_THROW(null.text("words"), DbError);
  EXPECT_THROW(null.integer("number"), DbError);
}

TEST_F(Statement, IsReusedWithOtherValuesAndOtherTypes) {
  const Lease lease = database_.writer();
  const std::string_view insert = "INSERT INTO samples (id, number, words) VALUES (?, ?, ?)";
  lease->execute(insert, {"a", 1, "one"});
  lease->execute(insert, {"b", nullptr, nullptr});
  lease->execute(insert, {"c", 3, "three, and a longer text than the first"});
  const std::string_view select = "SELECT number, words FROM samples WHERE id = ?";
  EXPECT_EQ(lease->query(select, {"c"}).front().text("words"), "three, and a longer text than the first");
  EXPECT_TRUE(lease->query(select, {"b"}).front().is_null("words"));
  EXPECT_EQ(lease->query(select, {"a"}).front().text("words"), "one");
  EXPECT_TRUE(lease->query(select, {"d"}).empty());
}

TEST_F(Statement, GoesOnAfterARefusedRow) {
  const Lease lease = database_.writer();
  const std::string_view insert = "INSERT INTO samples (id, number) VALUES (?, ?)";
  lease->execute(insert, {"a", 1});
  EXPECT_EQ(kind_of_failure([&] { lease->execute(insert, {"a", 2}); }), ErrorKind::unique_violation);
  EXPECT_EQ(kind_of_failure([&] { lease->execute(insert, {nullptr, 2}); }), ErrorKind::constraint);
  EXPECT_EQ(kind_of_failure([&] { lease->execute("SELEKT 1"); }), ErrorKind::other);
  EXPECT_FALSE(lease->broken());
  EXPECT_EQ(lease->execute(insert, {"b", 2}), 1);
}

TEST_F(Statement, RefusesAWrongNumberOfValues) {
  const Lease lease = database_.writer();
  const std::string_view sql = "INSERT INTO samples (id, number) VALUES (?, ?)";
  EXPECT_THROW(lease->execute(sql, {"a"}), DbError);
  EXPECT_THROW(lease->execute(sql, {"a", 1, 2}), DbError);
  EXPECT_THROW(lease->execute(sql), DbError);
  EXPECT_EQ(lease->query("SELECT id FROM samples").size(), 0U);
}

TEST_F(Statement, CountsTheRowsItChanged) {
  const Lease lease = database_.writer();
  EXPECT_EQ(lease->execute("INSERT INTO samples (id, number) VALUES (?, ?), (?, ?), (?, ?)",
                           {"a", 1, "b", 2, "c", 3}),
            3);
  EXPECT_EQ(lease->execute("UPDATE samples SET number = number + 1 WHERE number >= ?", {2}), 2);
  EXPECT_EQ(lease->execute("UPDATE samples SET number = 0 WHERE id = ?", {"z"}), 0);
  EXPECT_EQ(lease->execute("DELETE FROM samples WHERE id = ?", {"a"}), 1);
  EXPECT_EQ(lease->execute("DELETE FROM samples WHERE id = ?", {"a"}), 0);
}

TEST_F(Statement, ReadsExpressionsInTheirTypes) {
  insert("a", 2, 0.25, "x", nullptr);
  insert("b", 3, 0.5, nullptr, nullptr);
  const Lease lease = database_.reader();
  const Rows rows = lease->query(
      "SELECT COUNT(*) AS n, SUM(number) AS total, MAX(number) AS most, SUM(ratio) AS ratios,"
      " COALESCE(MAX(words), '') AS words FROM samples");
  EXPECT_EQ(rows.front().integer("n"), 2);
  EXPECT_EQ(rows.front().integer("total"), 5);
  EXPECT_EQ(rows.front().integer("most"), 3);
  EXPECT_EQ(rows.front().real("ratios"), 0.75);
  EXPECT_EQ(rows.front().text("words"), "x");
}

TEST_F(Statement, ComparesIdsByteByByte) {
  insert("abc", 1, nullptr, nullptr, nullptr);
  insert("ABC", 2, nullptr, nullptr, nullptr);
  insert("äbc", 3, nullptr, nullptr, nullptr);
  EXPECT_EQ(select("id = ?", {"ABC"}).front().integer("number"), 2);
  EXPECT_EQ(select("id = ?", {"abc"}).front().integer("number"), 1);
  EXPECT_TRUE(select("id = ?", {"Abc"}).empty());
}

TEST_F(Statement, BindsLimitAndOffset) {
  for (const char* id : {"a", "b", "c", "d"}) insert(id, 1, nullptr, nullptr, nullptr);
  const Lease lease = database_.reader();
  const Rows rows = lease->query("SELECT id FROM samples ORDER BY id LIMIT ? OFFSET ?", {2, 1});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).text(0), "b");
  EXPECT_EQ(rows.at(1).text(0), "c");
}

TEST_F(Statement, RowsOutliveTheConnection) {
  insert("a", 1, nullptr, "kept", nullptr);
  Rows rows = select();
  database_.close_idle();
  EXPECT_EQ(rows.front().text("words"), "kept");
}

TEST_F(Statement, ManyDifferentTextsDoNotPileUp) {
  insert("a", 1, nullptr, "x", nullptr);
  const Lease lease = database_.reader();
  for (int i = 0; i < 300; ++i) {
    const std::string sql = "SELECT id, words, bytes FROM samples WHERE number < " + std::to_string(i);
    EXPECT_EQ(lease->query(sql).size(), i > 1 ? 1U : 0U);
  }
}

}  // namespace
}  // namespace ccms::db::test
