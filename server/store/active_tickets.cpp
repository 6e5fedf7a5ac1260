#include "server/store/active_tickets.h"

namespace ccms::server {
namespace {

constexpr std::string_view kActive =
    "state_type NOT IN ('closed', 'invalid') AND withdrawn = 0 AND merged_into IS NULL";

}  // namespace

std::vector<std::string> active_tickets_of(db::Connection& connection, const std::string& user_id) {
  std::vector<std::string> ids;
  for (const db::Row row : connection.query("SELECT ticket_id FROM tickets WHERE assignee = ? AND " +
                                                std::string(kActive) + " ORDER BY created_at, ticket_id",
                                            {user_id}))
    ids.push_back(row.text("ticket_id"));
  return ids;
}

std::map<std::string, std::size_t> count_active_tickets(db::Connection& connection) {
  std::map<std::string, std::size_t> counts;
  for (const db::Row row :
       connection.query("SELECT assignee, COUNT(*) AS n FROM tickets WHERE assignee IS NOT NULL AND " +
                        std::string(kActive) + " GROUP BY assignee"))
    counts[row.text("assignee")] = static_cast<std::size_t>(row.integer("n"));
  return counts;
}

}  // namespace ccms::server
