#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// How two tickets belong together, seen from the first.
enum class LinkKind {
  parent,   ///< the other one is the case that this one is part of
  related,  ///< either way
};

std::string_view to_text(LinkKind kind);
std::optional<LinkKind> link_kind_from(std::string_view text);

/// Which tickets are linked. Whoever calls it has locked both tickets, and knows that they are two. All
/// functions throw db::DbError.
class TicketLinks {
 public:
  explicit TicketLinks(db::Connection& connection) : connection_(connection) {}

  bool has(const std::string& ticket_id, LinkKind kind, const std::string& other_id);
  void add(const std::string& ticket_id, LinkKind kind, const std::string& other_id, Instant now);
  /// False when there is no such link.
  bool remove(const std::string& ticket_id, LinkKind kind, const std::string& other_id);

  std::optional<std::string> parent_of(const std::string& ticket_id);
  bool has_children(const std::string& ticket_id);

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
