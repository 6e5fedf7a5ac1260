#include "tests/server/deadlines/due_together.h"

#include <chrono>

#include "core/db/transaction.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

/// The rows of one statement.
constexpr std::int64_t kRows = 10'000;
/// A source of the numbers ? to ? + 9999, as the column n.
constexpr const char* kNumbers =
    "(SELECT ? + a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM digits a, digits b, digits c, digits e)";
constexpr const char* kDigits =
    "WITH digits AS (SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT "
    "4 "
    "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) ";

/// An id whose last twelve symbols are the number n.
std::string numbered(const db::Dialect& dialect, const std::string& id) {
  const auto padded = "SUBSTR(" + dialect.concat({"'00000000000'", "n"}) + ", -12)";
  return dialect.concat({"SUBSTR(" + id + ", 1, 24)", padded});
}

std::vector<std::string> columns_of(db::Connection& connection, const std::string& table) {
  const bool is_sqlite = connection.dialect().name() == "sqlite";
  const auto rows = is_sqlite ? connection.query("SELECT name FROM pragma_table_info(?)", {table})
                              : connection.query(
                                    "SELECT column_name FROM information_schema.columns WHERE table_schema = "
                                    "DATABASE() AND table_name = ? ORDER BY ordinal_position",
                                    {table});
  std::vector<std::string> columns;
  for (const auto& row : rows) columns.push_back(row.text(0));
  return columns;
}

/// INSERT … SELECT that copies the rows of one ticket.
std::string copy_statement(db::Connection& connection, const std::string& table) {
  std::string names;
  std::string values;
  for (const auto& column : columns_of(connection, table)) {
    const bool is_id = column == "ticket_id" || column == "event_id";
    names += (names.empty() ? "" : ", ") + column;
    values += (values.empty() ? "" : ", ") + (is_id ? numbered(connection.dialect(), column) : column);
  }
  return "INSERT INTO " + table + " (" + names + ") " + kDigits + "SELECT " + values + " FROM " + table +
         ", " + kNumbers + " numbers WHERE ticket_id = ? AND n <= ?";
}

}  // namespace

std::string due_together_settings(server::Instant now) {
  json chain = json::parse(sample_settings());
  chain["turn_around_times"] = {{{"id", "standard"},
                                 {"name", {{"en", "All tickets"}, {"de", "Alle"}}},
                                 {"clock", "resolution"},
                                 {"maximum", {{"unit", "hours"}, {"amount", kTimeOfATicket.count()}}},
                                 {"minimum", {{"otherwise", {{"unit", "hours"}, {"amount", 1}}}}}}};
  auto& escalation = chain["escalation"];
  escalation.erase("quiet_hours");
  escalation["digest_at"] = domain::format_rfc3339(now + 12h).substr(11, 5);
  auto& ladder = escalation["ladders"][0];
  ladder["turn_around_times"] = {"standard"};
  ladder["steps"].erase(2);
  for (auto& step : ladder["steps"]) step["digest"] = true;
  ladder["steps"][1]["notify"]["roles"] = {"store_manager"};
  return chain.dump();
}

std::string make_ticket_of_two_hours(StaffServer& server) {
  server.publish(due_together_settings(server.clock().now()));
  server.restart();
  const auto add = [&](const char* login, server::RoleGrant role, const char* mail) {
    server.sign_in_as(login, {std::move(role)});
    server.database().writer()->execute("UPDATE users SET email = ? WHERE login = ?", {mail, login});
  };
  add("care", {"department_staff", "customer_care"}, kDepartmentMail);
  add("boss", {"store_manager", "S001"}, kManagerMail);
  auto request = StaffServer::ticket_request();
  request["ticket"]["category"] = "other";
  return server.create_ticket(request)["ticket_id"];
}

void copy_ticket(db::Database& database, const std::string& ticket_id, std::int64_t copies) {
  for (const char* table : {"tickets", "ticket_events", "ticket_timers"}) {
    for (std::int64_t first = 1; first <= copies; first += kRows) {
      db::with_transaction(database, [&](db::Connection& connection) {
        connection.execute(copy_statement(connection, table), {first, ticket_id, copies});
      });
    }
  }
}

void add_bare_timers(db::Database& database, server::Instant due_at, std::int64_t count) {
  const auto there = database.reader()->query("SELECT COUNT(*) FROM ticket_timers").front().integer(0);
  for (std::int64_t first = there + 1; first <= there + count; first += kRows) {
    db::with_transaction(database, [&](db::Connection& connection) {
      connection.execute("INSERT INTO ticket_timers (ticket_id, due_at) " + std::string(kDigits) + "SELECT " +
                             numbered(connection.dialect(), "'00000000-0000-7000-8000-'") + ", ? FROM " +
                             kNumbers + " numbers WHERE n <= ?",
                         {server::to_epoch_ms(due_at), first, there + count});
    });
  }
}

}  // namespace ccms::test
