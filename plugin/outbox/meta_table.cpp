#include "plugin/outbox/meta_table.h"

namespace ccms::plugin::outbox::meta {

std::optional<std::int64_t> number(db::Connection& connection, std::string_view name) {
  const auto rows = connection.query("SELECT value FROM meta WHERE name = ?", {name});
  if (rows.empty()) return std::nullopt;
  return rows.front().integer(0);
}

void set_number(db::Connection& connection, std::string_view name, std::int64_t value) {
  connection.execute(
      "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, std::to_string(value)});
}

}  // namespace ccms::plugin::outbox::meta
