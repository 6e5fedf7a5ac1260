#include "server/store/audit_log.h"

#include "server/store/sql_fragment.h"

namespace ccms::server {
namespace {

AuditRecord read_record(const db::Row& row) {
  AuditRecord record;
  record.number = row.integer("number");
  record.at = from_epoch_ms(row.integer("at"));
  record.entry = {{row.text("actor_kind"), row.text("actor_id"), row.text("actor_name"), row.text("via")},
                  row.text("action"),
                  row.text("subject_kind"),
                  row.text("subject_id"),
                  nlohmann::json::parse(row.text("details"), nullptr, false)};
  return record;
}

}  // namespace

AuditActor audit_actor(const Principal& principal) {
  return {principal.kind == Principal::Kind::client ? "client" : "staff", principal.id, principal.name,
          "http"};
}

void append_audit(db::Connection& connection, const AuditEntry& entry, Instant now) {
  connection.execute(
      "INSERT INTO audit_log (at, actor_kind, actor_id, actor_name, via, action, subject_kind, subject_id, "
      "details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {to_epoch_ms(now), entry.actor.kind, entry.actor.id, entry.actor.name, entry.actor.via, entry.action,
       entry.subject_kind, entry.subject_id, entry.details.dump()});
}

std::vector<AuditRecord> read_audit(db::Connection& connection, const AuditFilter& filter,
                                    std::int64_t limit) {
  SqlFragment sql;
  sql.add(
      "SELECT number, at, actor_kind, actor_id, actor_name, via, action, subject_kind, subject_id, details "
      "FROM audit_log WHERE number > 0");
  if (filter.below) sql.add(" AND number < ?", *filter.below);
  if (filter.from) sql.add(" AND at >= ?", to_epoch_ms(*filter.from));
  if (filter.to) sql.add(" AND at < ?", to_epoch_ms(*filter.to));
  if (filter.actor) sql.add(" AND actor_id = ?", *filter.actor);
  if (filter.subject) sql.add(" AND subject_id = ?", *filter.subject);
  if (!filter.actions.empty()) sql.add(" AND ").add(in_list("action", filter.actions));
  sql.add(" ORDER BY number DESC LIMIT ?", limit);
  std::vector<AuditRecord> records;
  for (const db::Row row : connection.query(sql.text, sql.params)) records.push_back(read_record(row));
  return records;
}

}  // namespace ccms::server
