#include "core/db/dialect.h"

#include "tests/core/db/backend.h"

namespace ccms::db::test {
namespace {

class DialectTest : public DatabaseTest {
 protected:
  const Dialect& dialect() { return database_.dialect(); }
};

TEST_F(DialectTest, RefusesAnUnknownToken) {
  EXPECT_THROW(dialect().expand("CREATE TABLE t (a {{wat}})"), DbError);
  EXPECT_THROW(dialect().expand("CREATE TABLE t (a {{int)"), DbError);
  EXPECT_EQ(dialect().expand("SELECT 1"), "SELECT 1");
}

TEST_F(DialectTest, Upserts) {
  create(
      "CREATE TABLE pairs (a {{id}} NOT NULL, b {{id}} NOT NULL, n {{int}}, s {{text}}, PRIMARY KEY (a, "
      "b)){{table}}");
  const Lease lease = database_.writer();
  const std::string insert = "INSERT INTO pairs (a, b, n, s) VALUES (?, ?, ?, ?)";
  const std::string overwrite = insert + dialect().upsert("a, b", {"n", "s"});
  const std::string keep = insert + dialect().upsert("a, b", {});
  lease->execute(overwrite, {"x", "y", 1, "one"});
  lease->execute(overwrite, {"x", "y", 2, "two"});
  lease->execute(keep, {"x", "y", 3, "three"});
  lease->execute(keep, {"x", "z", 4, "four"});
  const Rows rows = lease->query("SELECT n, s FROM pairs ORDER BY b");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).integer("n"), 2);
  EXPECT_EQ(rows.at(0).text("s"), "two");
  EXPECT_EQ(rows.at(1).integer("n"), 4);
}

TEST_F(DialectTest, CountsKeysByItself) {
  create("CREATE TABLE numbered (n {{auto_id}}, s {{text}}){{table}}");
  const Lease lease = database_.writer();
  for (const char* text : {"a", "b"}) lease->execute("INSERT INTO numbered (s) VALUES (?)", {text});
  EXPECT_EQ(lease->query("SELECT n FROM numbered WHERE s = 'b'").front().integer("n"), 2);
}

TEST_F(DialectTest, JoinsText) {
  const Lease lease = database_.reader();
  const std::string sql = "SELECT " + dialect().concat({"'a'", "'-'", "'b'"}) + " AS joined";
  EXPECT_EQ(lease->query(sql).front().text("joined"), "a-b");
}

TEST_F(DialectTest, ReadsRowsThatItIsGoingToChange) {
  create("CREATE TABLE work (id {{id}} NOT NULL PRIMARY KEY, done {{int}} NOT NULL){{table}}");
  with_transaction(database_, [&](Connection& connection) {
    connection.execute("INSERT INTO work (id, done) VALUES ('a', 0)");
    const std::string sql = "SELECT id FROM work WHERE done = 0" + std::string(dialect().for_update());
    EXPECT_EQ(connection.query(sql).size(), 1U);
    EXPECT_EQ(connection.execute("UPDATE work SET done = 1 WHERE id = ? AND done = 0", {"a"}), 1);
  });
}

TEST_F(DialectTest, FindsTables) {
  create("CREATE TABLE present (n {{int}}){{table}}");
  const Lease lease = database_.reader();
  EXPECT_EQ(lease->query(dialect().table_exists_sql(), {"present"}).size(), 1U);
  EXPECT_EQ(lease->query(dialect().table_exists_sql(), {"absent"}).size(), 0U);
}

}  // namespace
}  // namespace ccms::db::test
