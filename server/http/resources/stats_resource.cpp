#include "server/http/resources/stats_resource.h"

#include <nlohmann/json.hpp>

#include "server/http/problem.h"
#include "server/store/sql_fragment.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

using nlohmann::json;

/// Tills are seen by whoever sees everything, and by those who answer for their store.
SqlFragment visible_tills(const Principal& principal) {
  std::vector<std::string> stores;
  if (principal.may_everywhere(settings::Permission::tickets_view)) return {"1 = 1", {}};
  for (const Standing& standing : principal.standings) {
    if (standing.may(settings::Permission::tickets_view))
      stores.insert(stores.end(), standing.stores.begin(), standing.stores.end());
  }
  return stores.empty() ? SqlFragment{"1 = 0", {}} : in_list("l.store", stores);
}

json counts_by(db::Connection& connection, const SqlFragment& sql) {
  json counts = json::object();
  for (const db::Row row : connection.query(sql.text, sql.params))
    counts[row.optional_text("name").value_or("none")] = row.integer("n");
  return counts;
}

json tickets_by(db::Connection& connection, const Principal& principal, const std::string& column) {
  SqlFragment sql;
  sql.add("SELECT " + column +
          " AS name, COUNT(*) AS n FROM tickets t WHERE t.training = 0 AND t.merged_into IS NULL AND ")
      .add(visible_tickets(principal))
      .add(" GROUP BY " + column);
  return counts_by(connection, sql);
}

json notifications_by(db::Connection& connection, const Principal& principal, const std::string& column) {
  SqlFragment sql;
  sql.add("SELECT " + column +
          " AS name, COUNT(*) AS n FROM notifications m JOIN tickets t ON t.ticket_id = m.ticket_id WHERE ")
      .add(visible_tickets(principal))
      .add(" GROUP BY " + column);
  return counts_by(connection, sql);
}

std::int64_t sum_of(const json& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts.items()) sum += count.get<std::int64_t>();
  return sum;
}

json captures_json(db::Connection& connection, const SqlFragment& tills) {
  SqlFragment sql;
  sql.add(
         "SELECT COALESCE(SUM(l.captures_received), 0) AS received, COALESCE(SUM(l.captures_stored), 0) AS "
         "stored, "
         "COALESCE(SUM(l.captures_duplicate), 0) AS duplicate, COALESCE(SUM(l.captures_rejected), 0) AS "
         "rejected "
         "FROM tills l WHERE ")
      .add(tills);
  const db::Rows rows = connection.query(sql.text, sql.params);
  const db::Row row = rows.front();
  return {{"received", row.integer("received")},
          {"stored", row.integer("stored")},
          {"duplicate", row.integer("duplicate")},
          {"rejected", row.integer("rejected")}};
}

// Missing sequence numbers of each till: the highest seen of every epoch less the number of those that came.
json gaps_by_till(db::Connection& connection, const SqlFragment& tills) {
  SqlFragment sql;
  sql.add(
         "SELECT g.till AS name, SUM(g.highest - g.arrived) AS n FROM (SELECT s.till, s.epoch, MAX(s.seq) AS "
         "highest, "
         "COUNT(*) AS arrived FROM till_sequences s JOIN tills l ON l.till = s.till WHERE ")
      .add(tills)
      .add(" GROUP BY s.till, s.epoch) g GROUP BY g.till");
  return counts_by(connection, sql);
}

json tills_json(db::Connection& connection, const SqlFragment& tills) {
  const json gaps = gaps_by_till(connection, tills);
  SqlFragment sql;
  sql.add(
         "SELECT l.till, l.store, l.last_sync_at, l.clock_offset_ms, l.plugin_version, l.captures_stored, "
         "l.captures_duplicate "
         "FROM tills l "
         "WHERE ")
      .add(tills)
      .add(" ORDER BY l.till");
  json list = json::array();
  for (const db::Row row : connection.query(sql.text, sql.params)) {
    const std::string& till = row.text("till");
    json view = {{"till", till},
                 {"store", row.text("store")},
                 {"gaps", gaps.value(till, 0)},
                 {"stored", row.integer("captures_stored")},
                 {"duplicate", row.integer("captures_duplicate")},
                 {"clock_offset_ms", row.integer("clock_offset_ms")},
                 {"plugin_version", row.text("plugin_version")}};
    if (const auto last = row.optional_integer("last_sync_at"))
      view["last_sync_at"] = domain::format_rfc3339(from_epoch_ms(*last));
    list.push_back(std::move(view));
  }
  return list;
}

}  // namespace

void StatsResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/stats", Access::staff_or_client,
             [this](const Request& request) { return show(request); });
}

Response StatsResource::show(const Request& request) const {
  const Principal& principal = request.principal;
  const db::Lease reader = services_.database.reader();
  const SqlFragment tills = visible_tills(principal);
  json tickets = {{"by_state", tickets_by(*reader, principal, "t.state")},
                  {"by_department", tickets_by(*reader, principal, "t.department")},
                  {"by_store", tickets_by(*reader, principal, "t.reported_store")},
                  {"by_verification", tickets_by(*reader, principal, "t.verification")}};
  tickets["total"] = sum_of(tickets["by_state"]);
  const json notifications = {{"by_state", notifications_by(*reader, principal, "m.state")},
                              {"by_channel", notifications_by(*reader, principal, "m.channel")}};
  return json_response(200, {{"captures", captures_json(*reader, tills)},
                             {"tickets", std::move(tickets)},
                             {"notifications", notifications},
                             {"tills", tills_json(*reader, tills)}});
}

}  // namespace ccms::server
