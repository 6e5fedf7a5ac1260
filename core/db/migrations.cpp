#include "core/db/migrations.h"

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include <chrono>

#include "core/db/transaction.h"

namespace ccms::db {
namespace {

struct Applied {
  std::int64_t version;
  std::string checksum;
  std::size_t statements_done;
  bool finished;
};

/// Over the first `count` statements: one that is still to be run may be corrected, one that was run may not.
std::string checksum(const Migration& migration, std::size_t count) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  for (std::size_t i = 0; i < count; ++i) {
    engine.update(migration.statements.at(i));
    engine.update(std::string(1, '\0'));  // two statements never sum up like one
  }
  return Poco::DigestEngine::digestToHex(engine.digest());
}

bool matches(const Applied& applied, const Migration& migration) {
  const auto known = migration.statements.size();
  if (applied.statements_done > known || (applied.finished && applied.statements_done < known)) return false;
  return applied.checksum == checksum(migration, applied.statements_done);
}

bool table_exists(Connection& connection, const std::string& table) {
  return !connection.query(connection.dialect().table_exists_sql(), {table}).empty();
}

std::vector<Applied> applied_migrations(Connection& connection, const std::string& table) {
  std::vector<Applied> applied;
  if (!table_exists(connection, table)) return applied;
  const auto rows = connection.query("SELECT version, checksum, statements_done, finished_at FROM " + table +
                                     " ORDER BY version");
  for (const Row row : rows) {
    applied.push_back(
        {row.integer(0), row.text(1), static_cast<std::size_t>(row.integer(2)), !row.is_null(3)});
  }
  return applied;
}

void require_known(const std::vector<Applied>& applied, const std::vector<Migration>& migrations) {
  const auto refuse = [](const std::string& problem) { throw DbError(ErrorKind::schema_mismatch, problem); };
  for (const auto& done : applied) {
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (done.version > newest)
      refuse("the database has schema version " + std::to_string(applied.back().version) +
             ", this program knows versions up to " + std::to_string(newest));
    const auto& known = migrations.at(static_cast<std::size_t>(done.version - 1));
    if (!matches(done, known))
      refuse("migration " + std::to_string(known.version) + " (" + known.name +
             ") was changed after it had been applied");
  }
}

void require_ordered(const std::vector<Migration>& migrations) {
  std::int64_t expected = 1;
  for (const auto& migration : migrations) {
    if (migration.version != expected++)
      throw DbError(ErrorKind::other, "migrations must be numbered 1, 2, 3, …");
  }
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void create_table(Connection& connection, const std::string& table) {
  connection.execute_once(connection.dialect().expand(
      "CREATE TABLE IF NOT EXISTS " + table +
      " (version {{int}} NOT NULL PRIMARY KEY, name {{name}} NOT NULL, checksum {{id}} NOT NULL,"
      " statements_done {{int}} NOT NULL, finished_at {{int}}){{table}}"));
}

/// Keeps other processes from migrating the same database.
class SchemaLock {
 public:
  explicit SchemaLock(Connection& connection) : connection_(connection) {
    const auto sql = connection.dialect().take_schema_lock_sql();
    if (sql.empty()) return;
    const auto rows = connection.query(sql);
    if (rows.front().optional_integer(0) != 1)
      throw DbError(ErrorKind::busy, "another process is changing the schema");
  }
  ~SchemaLock() {
    const auto sql = connection_.dialect().release_schema_lock_sql();
    if (sql.empty()) return;
    try {
      connection_.query(sql);
    } catch (const std::exception&) {
      connection_.mark_broken();  // closing the connection releases the lock too
    }
  }
  SchemaLock(const SchemaLock&) = delete;
  SchemaLock& operator=(const SchemaLock&) = delete;

 private:
  Connection& connection_;
};

/// Runs one migration from the statement where it stopped.
class Runner {
 public:
  Runner(Connection& connection, const std::string& table, const Migration& migration)
      : connection_(connection), table_(table), migration_(migration) {}

  void begin() {
    connection_.execute(
        "INSERT INTO " + table_ + " (version, name, checksum, statements_done) VALUES (?, ?, ?, 0)",
        {migration_.version, migration_.name, checksum(migration_, 0)});
  }
  void run_statement(std::size_t index) {
    connection_.execute_once(connection_.dialect().expand(migration_.statements.at(index)));
    connection_.execute("UPDATE " + table_ + " SET statements_done = ?, checksum = ? WHERE version = ?",
                        {index + 1, checksum(migration_, index + 1), migration_.version});
  }
  void finish() {
    connection_.execute("UPDATE " + table_ + " SET finished_at = ? WHERE version = ?",
                        {now_ms(), migration_.version});
  }

 private:
  Connection& connection_;
  const std::string& table_;
  const Migration& migration_;
};

/// False when there was nothing left to do.
bool run_in_one_transaction(Connection& connection, const std::string& table, const Migration& migration) {
  Transaction transaction(connection);
  // Another process may have been faster; from here on the transaction keeps it out.
  const auto present = connection.query("SELECT 1 FROM " + table + " WHERE version = ?", {migration.version});
  if (!present.empty()) return false;
  Runner runner(connection, table, migration);
  runner.begin();
  for (std::size_t i = 0; i < migration.statements.size(); ++i) runner.run_statement(i);
  runner.finish();
  transaction.commit();
  return true;
}

/// Each statement and the note about it share a transaction, which makes data statements exactly-once. A
/// schema statement ends the transaction by itself; then the note follows it in one of its own.
bool run_resumable(Connection& connection, const std::string& table, const Migration& migration,
                   const Applied* begun) {
  Runner runner(connection, table, migration);
  if (!begun) runner.begin();
  for (std::size_t i = begun ? begun->statements_done : 0; i < migration.statements.size(); ++i) {
    Transaction transaction(connection);
    runner.run_statement(i);
    transaction.commit();
  }
  runner.finish();
  return true;
}

}  // namespace

SchemaState inspect_schema(const Connector& connector, const std::string& schema_table) {
  auto driver = connector.open_untouched();
  if (!driver) return {};
  Connection connection(std::move(driver), connector.dialect());
  const auto applied = applied_migrations(connection, schema_table);
  return {applied.empty() ? 0 : applied.back().version};
}

std::size_t migrate(Database& database, const std::vector<Migration>& migrations,
                    const std::string& schema_table) {
  require_ordered(migrations);
  if (auto driver = database.connector().open_untouched()) {
    Connection untouched(std::move(driver), database.dialect());
    require_known(applied_migrations(untouched, schema_table), migrations);
  }
  const Lease lease = database.writer();
  const SchemaLock lock(*lease);
  create_table(*lease, schema_table);
  const auto applied = applied_migrations(*lease, schema_table);
  require_known(applied, migrations);

  std::size_t count = 0;
  for (const auto& migration : migrations) {
    const auto position = static_cast<std::size_t>(migration.version - 1);
    const Applied* begun = position < applied.size() ? &applied[position] : nullptr;
    if (begun && begun->finished) continue;
    const bool run = database.dialect().transactional_schema()
                         ? run_in_one_transaction(*lease, schema_table, migration)
                         : run_resumable(*lease, schema_table, migration, begun);
    if (run) ++count;
  }
  return count;
}

}  // namespace ccms::db
