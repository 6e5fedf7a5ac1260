#include "core/db/savepoint.h"

#include <string>
#include <vector>

#include "tests/core/db/backend.h"

namespace ccms::db::test {
namespace {

class Savepoints : public DatabaseTest {
 protected:
  Savepoints() { create("CREATE TABLE notes (id {{id}} NOT NULL PRIMARY KEY){{table}}"); }

  static void insert(Connection& connection, const char* id) {
    connection.execute("INSERT INTO notes (id) VALUES (?)", {id});
  }

  std::vector<std::string> ids() {
    std::vector<std::string> found;
    const Lease lease = database_.reader();
    const Rows rows = lease->query("SELECT id FROM notes ORDER BY id");
    for (const Row row : rows) found.push_back(row.text(0));
    return found;
  }

  using Ids = std::vector<std::string>;
};

TEST_F(Savepoints, WhatIsKeptStaysAndWhatIsUndoneGoes) {
  with_transaction(database_, [](Connection& connection) {
    insert(connection, "before");
    for (const char* id : {"a", "b", "c"}) {
      Savepoint savepoint(connection);
      insert(connection, id);
      if (id[0] == 'b') {
        savepoint.undo();
      } else {
        savepoint.keep();
      }
    }
    insert(connection, "behind");
  });
  EXPECT_EQ(ids(), (Ids{"a", "before", "behind", "c"}));
}

TEST_F(Savepoints, AnExceptionUndoesToThere) {
  with_transaction(database_, [](Connection& connection) {
    insert(connection, "a");
    try {
      Savepoint savepoint(connection);
      insert(connection, "b");
      insert(connection, "a");
    } catch (const DbError& error) {
      EXPECT_EQ(error.kind(), ErrorKind::unique_violation);
    }
    insert(connection, "c");
  });
  EXPECT_EQ(ids(), (Ids{"a", "c"}));
}

TEST_F(Savepoints, GoWithTheirTransaction) {
  EXPECT_THROW(with_transaction(database_,
                                [](Connection& connection) {
                                  Savepoint savepoint(connection);
                                  insert(connection, "a");
                                  savepoint.keep();
                                  throw std::runtime_error("no");
                                }),
               std::runtime_error);
  EXPECT_EQ(ids(), Ids{});
}

TEST_F(Savepoints, ATransactionThatIsOverTakesItsSavepointAlong) {
  {
    const Lease lease = database_.writer();
    lease->execute(lease->driver().begin_sql());
    {
      const Savepoint savepoint(*lease);
      insert(*lease, "a");
      lease->execute("ROLLBACK");
    }
    EXPECT_FALSE(lease->broken());
  }
  EXPECT_EQ(ids(), Ids{});
  EXPECT_EQ(database_.writer_stats().discarded, 0U);
}

}  // namespace
}  // namespace ccms::db::test
