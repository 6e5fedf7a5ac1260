#include "server/store/ticket_access.h"

#include <algorithm>
#include <utility>

#include "core/domain/ids.h"
#include "core/domain/ticket_code.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

constexpr std::size_t kMostAskedAtOnce = 500;

/// Who is named, the one that answers first.
std::vector<std::string> named_by(db::Connection& connection, std::string_view id_or_code) {
  if (domain::is_uuid_v7(id_or_code)) return {std::string(id_or_code)};
  const auto code = domain::TicketCode::parse(id_or_code);
  return code ? tickets_of_code(connection, code->str()) : std::vector<std::string>{};
}

std::optional<TicketRecord> load_visible(db::Connection& connection, const Principal& principal,
                                         const std::string& ticket_id, bool for_update) {
  // Locked before it is judged, so that nobody moves it out of sight in between.
  auto ticket = load_ticket(connection, ticket_id, for_update);
  if (visible_among(connection, principal, {ticket_id}).empty()) return std::nullopt;
  return ticket;
}

}  // namespace

std::optional<TicketRecord> find_visible_ticket(db::Connection& connection, const Principal& principal,
                                                std::string_view id_or_code, bool for_update) {
  auto named = named_by(connection, id_or_code);
  if (for_update && named.size() > 1) named.erase(named.begin(), named.end() - 1);
  for (const auto& ticket_id : named) {
    if (auto ticket = load_visible(connection, principal, ticket_id, for_update)) return ticket;
  }
  return std::nullopt;
}

TicketPair lock_visible_pair(db::Connection& connection, const Principal& principal, std::string_view ticket,
                             std::string_view other) {
  TicketPair pair;
  const auto first = named_by(connection, ticket);
  const auto second = named_by(connection, other);
  const auto lock = [&](const std::vector<std::string>& named, std::optional<TicketRecord>& place) {
    if (!named.empty()) place = load_visible(connection, principal, named.back(), true);
  };
  const bool in_order = first.empty() || second.empty() || first.back() <= second.back();
  if (in_order) lock(first, pair.ticket);
  lock(second, pair.other);
  if (!in_order) lock(first, pair.ticket);
  return pair;
}

std::optional<std::string> merged_into_of(db::Connection& connection, std::string_view id_or_code) {
  const auto named = named_by(connection, id_or_code);
  if (named.empty()) return std::nullopt;
  const auto ticket = load_ticket(connection, named.back());
  return ticket ? ticket->merged_into : std::nullopt;
}

std::set<std::string> visible_among(db::Connection& connection, const Principal& principal,
                                    const std::vector<std::string>& ticket_ids) {
  std::set<std::string> visible;
  for (std::size_t begin = 0; begin < ticket_ids.size(); begin += kMostAskedAtOnce) {
    const auto from = ticket_ids.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min(kMostAskedAtOnce, ticket_ids.size() - begin);
    SqlFragment sql;
    sql.add("SELECT t.ticket_id FROM tickets t WHERE ")
        .add(in_list("t.ticket_id", {from, from + static_cast<std::ptrdiff_t>(count)}))
        .add(" AND ")
        .add(visible_tickets(principal));
    for (const db::Row row : connection.query(sql.text, sql.params)) visible.insert(row.text(0));
  }
  return visible;
}

}  // namespace ccms::server
