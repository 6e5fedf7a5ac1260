#include "core/db/sqlite_connector.h"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "core/db/migrations.h"
#include "tests/core/db/backend.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::db::test {
namespace {

namespace fs = std::filesystem;

const std::vector<Migration> kOneTable = {
    {1, "items", {"CREATE TABLE items (id {{id}} NOT NULL PRIMARY KEY, bytes {{blob}}){{table}}"}}};

class Sqlite : public testing::Test {
 protected:
  Database open(std::size_t readers = 0) {
    return Database(sqlite_connector({path(), readers, std::chrono::milliseconds(0)}), test_options());
  }
  fs::path path() const { return folder_.path() / "journal #1 100%.db"; }

  /// Every file of the folder with its content.
  std::set<std::pair<std::string, std::string>> files() const {
    std::set<std::pair<std::string, std::string>> all;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.emplace(entry.path().filename(), std::string(std::istreambuf_iterator<char>(file), {}));
    }
    return all;
  }

  /// The database as `kill -9` leaves it: file and log copied while a connection has them open.
  void leave_as_after_a_kill(const std::vector<Migration>& migrations) {
    const auto live = folder_.path() / "live";
    fs::create_directory(live);
    {
      Database database(sqlite_connector({live / "x.db", 0}), test_options());
      migrate(database, migrations);
      fs::copy_file(live / "x.db", path());
      fs::copy_file(live / "x.db-wal", path().string() + "-wal");
    }
    fs::remove_all(live);
  }

  ccms::test::TempFolder folder_;
};

TEST_F(Sqlite, SaysWhichFileIsNoDatabase) {
  std::ofstream(path())
      << "Not a database, but a text that is long enough to be looked at as a header of one.";
  auto database = open();
  try {
    database.writer();
    FAIL() << "it was opened";
  } catch (const DbError& error) {
    EXPECT_EQ(std::string(error.what()), "corrupt: " + path().string() + ": file is not a database");
  }
}

TEST_F(Sqlite, WhoMayNotCheckpointLeavesTheLogAsItGrows) {
  const auto wal = path().string() + "-wal";
  {
    Database database(sqlite_connector({.path = path(), .readers = 0, .checkpoints = false}), test_options());
    migrate(database, kOneTable);
  }
  EXPECT_GT(fs::file_size(wal), 0U) << "closing it moved nothing";
  {
    auto database = open();
    EXPECT_EQ(database.writer()->query("SELECT COUNT(*) AS n FROM items").front().integer(0), 0);
  }
  EXPECT_FALSE(fs::exists(wal));
}

TEST_F(Sqlite, MakesANewFileOfThePagesAskedForAndLeavesAnOldOneItsOwn) {
  const auto page_bytes = [&](int asked) {
    Database database(sqlite_connector({.path = path(), .readers = 0, .page_bytes = asked}), test_options());
    migrate(database, kOneTable);
    return database.writer()->query("PRAGMA page_size").front().integer(0);
  };
  EXPECT_EQ(page_bytes(2048), 2048);
  EXPECT_EQ(page_bytes(4096), 2048);
}

TEST_F(Sqlite, SetsEveryConnectionUp) {
  Database database = open(1);
  for (const auto lend : {&Database::writer, &Database::reader}) {
    const Lease lease = (database.*lend)();
    EXPECT_EQ(lease->query("PRAGMA journal_mode").front().text(0), "wal");
    EXPECT_EQ(lease->query("PRAGMA synchronous").front().integer(0), 2);  // FULL
    EXPECT_EQ(lease->query("PRAGMA foreign_keys").front().integer(0), 1);
  }
  EXPECT_EQ(database.reader()->query("PRAGMA wal_autocheckpoint").front().integer(0), 0);
  EXPECT_GT(database.writer()->query("PRAGMA wal_autocheckpoint").front().integer(0), 0);
}

TEST_F(Sqlite, ReadersCannotWriteAndAreNotInTheWritersWay) {
  Database database = open(1);
  migrate(database, kOneTable);
  const Lease reader = database.reader();
  EXPECT_EQ(kind_of_failure([&] { reader->execute("INSERT INTO items (id) VALUES ('a')"); }),
            ErrorKind::read_only);
  with_transaction(database, [&](Connection& writer) {
    writer.execute("INSERT INTO items (id) VALUES ('a')");
    EXPECT_EQ(reader->query("SELECT id FROM items").size(), 0U);
  });
  EXPECT_EQ(reader->query("SELECT id FROM items").size(), 1U);
}

TEST_F(Sqlite, OneConnectionDoesEverythingWithoutReaders) {
  Database database = open(0);
  { const Lease lease = database.reader(); }
  const Lease writer = database.writer();
  EXPECT_EQ(database.writer_stats().open, 1U);
  EXPECT_EQ(kind_of_failure([&] { database.reader(); }), ErrorKind::pool_exhausted);
}

TEST_F(Sqlite, TriesAgainWhenAnotherProcessHoldsTheLock) {
  Database database = open();
  migrate(database, kOneTable);
  Database other = open();
  std::optional<Lease> holder(other.writer());
  std::optional<Transaction> held(std::in_place, **holder);
  auto options = test_options();
  options.retry.backoff = [&](int) { held.reset(); };
  Database patient(sqlite_connector({path(), 0, std::chrono::milliseconds(0)}), options);
  with_transaction(patient, [](Connection& c) { c.execute("INSERT INTO items (id) VALUES ('a')"); });
  EXPECT_FALSE(held.has_value());
  held.emplace(**holder);
  EXPECT_EQ(kind_of_failure([&] { with_transaction(database, [](Connection&) {}); }), ErrorKind::busy);
}

TEST_F(Sqlite, AFullDiskIsReportedAndSurvived) {
  Database database = open();
  migrate(database, kOneTable);
  database.writer()->query("PRAGMA max_page_count = 20");
  const auto fill = [&] {
    with_transaction(database, [](Connection& c) {
      c.execute("INSERT INTO items (id, bytes) VALUES ('small', ?)", {Blob{"x"}});
      c.execute("INSERT INTO items (id, bytes) VALUES ('large', ?)", {Blob{std::string(200'000, 'x')}});
    });
  };
  EXPECT_EQ(kind_of_failure(fill), ErrorKind::full);
  EXPECT_EQ(database.reader()->query("SELECT id FROM items").size(), 0U);
  database.writer()->query("PRAGMA max_page_count = 1000");
  fill();
  EXPECT_EQ(database.reader()->query("SELECT id FROM items").size(), 2U);
}

TEST_F(Sqlite, ADamagedFileIsReported) {
  folder_.write(path().filename(), std::string(8192, 'x'));
  Database database = open();
  EXPECT_EQ(kind_of_failure([&] { database.writer(); }), ErrorKind::corrupt);
  EXPECT_EQ(database.writer_stats().in_use, 0U);
}

TEST_F(Sqlite, AMissingFolderIsReported) {
  Database database(sqlite_connector({folder_.path() / "absent" / "x.db"}), test_options());
  EXPECT_THROW(database.writer(), DbError);
}

TEST_F(Sqlite, ANewerSchemaIsLeftUntouched) {
  {
    Database database = open();
    migrate(database, kOneTable);
  }
  const auto before = files();
  ASSERT_EQ(before.size(), 1U);
  Database database = open();
  EXPECT_EQ(kind_of_failure([&] { migrate(database, {}); }), ErrorKind::schema_mismatch);
  EXPECT_EQ(files(), before);
}

TEST_F(Sqlite, ANewerSchemaStillInTheLogIsLeftUntouched) {
  leave_as_after_a_kill(kOneTable);
  const auto before = files();
  ASSERT_EQ(before.size(), 2U);
  Database database = open();
  EXPECT_EQ(kind_of_failure([&] { migrate(database, {}); }), ErrorKind::schema_mismatch);
  EXPECT_EQ(files(), before);
}

TEST_F(Sqlite, AKnownSchemaInTheLogIsRecovered) {
  leave_as_after_a_kill(kOneTable);
  Database database = open();
  EXPECT_EQ(migrate(database, kOneTable), 0U);
}

TEST_F(Sqlite, LooksAtADatabaseThatIsInUse) {
  Database database = open();
  migrate(database, kOneTable);
  const Lease lease = database.writer();
  const Transaction transaction(*lease);
  EXPECT_EQ(inspect_schema(database.connector()).version, 1);
}

TEST_F(Sqlite, KeepsTextWithANul) {
  Database database = open();
  migrate(database, kOneTable);
  const std::string id("a\0b", 3);
  const Lease lease = database.writer();
  lease->execute("INSERT INTO items (id) VALUES (?)", {id});
  EXPECT_EQ(lease->query("SELECT id FROM items").front().text("id"), id);
}

TEST_F(Sqlite, LeavesNoHandleBehind) {
  for (int i = 0; i < 3; ++i) {
    Database database = open(1);
    migrate(database, kOneTable);
    database.reader()->query("SELECT id FROM items");
  }
  EXPECT_EQ(files().size(), 1U) << "the last connection removes the log";
  // Of all handles ever opened, none holds memory.
  EXPECT_EQ(sqlite3_memory_used(), 0);
}

}  // namespace
}  // namespace ccms::db::test
