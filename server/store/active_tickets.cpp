#include "server/store/active_tickets.h"

namespace ccms::server {
std::vector<std::string> active_tickets_of(db::Connection& connection, const std::string& user_id) {
  std::vector<std::string> ids;
  for (const db::Row row :
       connection.query("SELECT t.ticket_id FROM tickets t WHERE t.assignee = ? AND " +
                            std::string(kIsActive) + " ORDER BY t.created_at, t.ticket_id",
                        {user_id}))
    ids.push_back(row.text(0));
  return ids;
}

}  // namespace ccms::server
