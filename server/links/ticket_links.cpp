#include "server/links/ticket_links.h"

namespace ccms::server {
namespace {

/// The row's key: a link that goes either way is written once.
db::Params key_of(const std::string& ticket_id, LinkKind kind, const std::string& other_id) {
  const bool turned = kind == LinkKind::related && other_id < ticket_id;
  return {turned ? other_id : ticket_id, std::string(to_text(kind)), turned ? ticket_id : other_id};
}

}  // namespace

std::string_view to_text(LinkKind kind) { return kind == LinkKind::parent ? "parent" : "related"; }

std::optional<LinkKind> link_kind_from(std::string_view text) {
  if (text == to_text(LinkKind::parent)) return LinkKind::parent;
  if (text == to_text(LinkKind::related)) return LinkKind::related;
  return std::nullopt;
}

bool TicketLinks::has(const std::string& ticket_id, LinkKind kind, const std::string& other_id) {
  return !connection_
              .query("SELECT kind FROM ticket_links WHERE ticket_id = ? AND kind = ? AND other_id = ?",
                     key_of(ticket_id, kind, other_id))
              .empty();
}

void TicketLinks::add(const std::string& ticket_id, LinkKind kind, const std::string& other_id, Instant now) {
  auto values = key_of(ticket_id, kind, other_id);
  values.emplace_back(to_epoch_ms(now));
  connection_.execute("INSERT INTO ticket_links (ticket_id, kind, other_id, created_at) VALUES (?, ?, ?, ?)",
                      values);
}

bool TicketLinks::remove(const std::string& ticket_id, LinkKind kind, const std::string& other_id) {
  return connection_.execute("DELETE FROM ticket_links WHERE ticket_id = ? AND kind = ? AND other_id = ?",
                             key_of(ticket_id, kind, other_id)) == 1;
}

std::optional<std::string> TicketLinks::parent_of(const std::string& ticket_id) {
  const auto rows = connection_.query(
      "SELECT other_id FROM ticket_links WHERE ticket_id = ? AND kind = 'parent'", {ticket_id});
  if (rows.empty()) return std::nullopt;
  return rows.front().text(0);
}

bool TicketLinks::has_children(const std::string& ticket_id) {
  return !connection_
              .query("SELECT ticket_id FROM ticket_links WHERE other_id = ? AND kind = 'parent' LIMIT 1",
                     {ticket_id})
              .empty();
}

}  // namespace ccms::server
