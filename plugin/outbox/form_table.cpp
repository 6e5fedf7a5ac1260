#include "plugin/outbox/form_table.h"

namespace ccms::plugin::outbox::forms {

std::optional<std::string> reply(db::Connection& connection, std::string_view form_id) {
  const auto rows = connection.query("SELECT reply FROM forms WHERE form_id = ?", {form_id});
  if (rows.empty()) return std::nullopt;
  return rows.front().text(0);
}

void insert(db::Connection& connection, std::string_view form_id, std::string_view ticket_id,
            std::string_view reply) {
  connection.execute("INSERT INTO forms (form_id, ticket_id, reply) VALUES (?, ?, ?)",
                     {form_id, ticket_id, reply});
}

}  // namespace ccms::plugin::outbox::forms
