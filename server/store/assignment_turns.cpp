#include "server/store/assignment_turns.h"

#include "server/store/active_tickets.h"
#include "server/store/sql_fragment.h"

namespace ccms::server {

void hold_turns(db::Connection& connection, const std::string& department, Instant now) {
  connection.execute("INSERT INTO assignment_locks (department, held_at) VALUES (?, ?) " +
                         connection.dialect().upsert("department", {"held_at"}),
                     {department, to_epoch_ms(now)});
}

void note_turn(db::Connection& connection, const std::string& user_id, Instant now) {
  connection.execute("INSERT INTO assignment_turns (user_id, last_at) VALUES (?, ?) " +
                         connection.dialect().upsert("user_id", {"last_at"}),
                     {user_id, to_epoch_ms(now)});
}

std::map<std::string, AssignmentTurn> turns_of(db::Connection& connection,
                                               const std::vector<std::string>& user_ids) {
  std::map<std::string, AssignmentTurn> turns;
  for (const auto& id : user_ids) turns[id];
  if (user_ids.empty()) return turns;
  SqlFragment loads;
  loads.add("SELECT t.assignee AS user_id, COUNT(*) AS tickets FROM tickets t WHERE ")
      .add(in_list("t.assignee", user_ids))
      .add(" AND ")
      .add(kIsActiveInEarnest)
      .add(" GROUP BY t.assignee");
  for (const db::Row row : connection.query(loads.text, loads.params))
    turns[row.text("user_id")].load = row.integer("tickets");
  SqlFragment last;
  last.add("SELECT user_id, last_at FROM assignment_turns WHERE ").add(in_list("user_id", user_ids));
  for (const db::Row row : connection.query(last.text, last.params))
    turns[row.text("user_id")].last_at = from_epoch_ms(row.integer("last_at"));
  return turns;
}

}  // namespace ccms::server
