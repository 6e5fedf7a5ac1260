#include "core/db/migrations.h"

#include <future>

#include "tests/core/db/backend.h"

namespace ccms::db::test {
namespace {

std::vector<Migration> two_steps() {
  return {
      {1, "first", {"CREATE TABLE IF NOT EXISTS items (id {{id}} NOT NULL PRIMARY KEY){{table}}"}},
      {2,
       "second",
       {"ALTER TABLE items {{add_column}} price {{int}}", "INSERT INTO items (id, price) VALUES ('seed', 5)",
        "CREATE INDEX IF NOT EXISTS items_by_price ON items (price)"}},
  };
}

class Migrations : public DatabaseTest {};

TEST_F(Migrations, RunOnceAndInOrder) {
  EXPECT_EQ(inspect_schema(database_.connector()).version, 0);
  EXPECT_EQ(migrate(database_, two_steps()), 2U);
  EXPECT_EQ(migrate(database_, two_steps()), 0U);
  EXPECT_EQ(inspect_schema(database_.connector()).version, 2);
  EXPECT_EQ(database_.reader()->query("SELECT price FROM items").front().integer("price"), 5);
}

TEST_F(Migrations, GoOnFromAnOlderVersion) {
  auto steps = two_steps();
  EXPECT_EQ(migrate(database_, {steps.front()}), 1U);
  database_.writer()->execute("INSERT INTO items (id) VALUES ('old')");
  EXPECT_EQ(migrate(database_, steps), 1U);
  EXPECT_EQ(count("items"), 2);
}

TEST_F(Migrations, RefuseANewerSchema) {
  migrate(database_, two_steps());
  EXPECT_EQ(kind_of_failure([&] { migrate(database_, {two_steps().front()}); }), ErrorKind::schema_mismatch);
}

TEST_F(Migrations, RefuseAChangedMigration) {
  migrate(database_, two_steps());
  auto edited = two_steps();
  edited.back().statements.at(1) = "INSERT INTO items (id, price) VALUES ('seed', 6)";
  EXPECT_EQ(kind_of_failure([&] { migrate(database_, edited); }), ErrorKind::schema_mismatch);
}

TEST_F(Migrations, RefuseAGapInTheNumbers) { EXPECT_THROW(migrate(database_, {{2, "second", {}}}), DbError); }

TEST_F(Migrations, GoOnWhereTheyWereInterrupted) {
  auto broken = two_steps();
  broken.back().statements.insert(broken.back().statements.begin() + 2, "this is where the power went");
  EXPECT_THROW(migrate(database_, broken), DbError);
  EXPECT_EQ(inspect_schema(database_.connector()).version,
            database_.dialect().transactional_schema() ? 1 : 2);
  // The statements before the interruption are the same, and the seed is not inserted a second time.
  broken.back().statements.at(2) = "UPDATE items SET price = price + 1";
  EXPECT_EQ(migrate(database_, broken), 1U);
  EXPECT_EQ(database_.reader()->query("SELECT price FROM items").front().integer("price"), 6);
}

TEST_F(Migrations, RefuseAStatementAddedToAFinishedOne) {
  migrate(database_, two_steps());
  auto longer = two_steps();
  longer.front().statements.emplace_back("CREATE TABLE IF NOT EXISTS more (n {{int}})");
  EXPECT_EQ(kind_of_failure([&] { migrate(database_, longer); }), ErrorKind::schema_mismatch);
}

TEST_F(Migrations, OfTwoProcessesAtOnceRunOnce) {
  Database other(backend_->connector(), test_options());
  auto theirs = std::async(std::launch::async, [&] { return migrate(other, two_steps()); });
  const auto ours = migrate(database_, two_steps());
  EXPECT_EQ(theirs.get() + ours, 2U);
  EXPECT_EQ(count("items"), 1);
}

}  // namespace
}  // namespace ccms::db::test
