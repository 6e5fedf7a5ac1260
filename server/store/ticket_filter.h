#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/time.h"

namespace ccms::server {

/// Where a page of a search ended: the next one starts behind this row.
struct PagePosition {
  domain::Instant created_at;
  std::string ticket_id;
  bool operator==(const PagePosition&) const = default;
};

/// A position as the opaque text that clients hand back, and its strict reader. It carries no rights: a
/// forged one only moves the start of the page.
std::string format_cursor(const PagePosition& position, bool ascending);
/// Nothing for anything that format_cursor() did not write, or wrote for the other order.
std::optional<PagePosition> parse_cursor(const std::string& cursor, bool ascending);

/// Which customers a "customer number" may mean, in any spelling: prepared by prepare_customer_number().
struct CustomerNumber {
  std::vector<std::string> numbers;  ///< normalised spellings, any of which may match
};

/// A search for tickets. Lists are alternatives, empty lists do not restrict; all that is given must hold.
struct TicketFilter {
  std::vector<std::string> status;  ///< ids of states, or state types
  std::vector<std::string> priority, department, category, store, kind, assignee, verification;
  bool unassigned = false;                        ///< those of nobody: an alternative beside `assignee`
  std::optional<domain::Instant> created_from;    ///< inclusive
  std::optional<domain::Instant> created_before;  ///< exclusive
  std::optional<CustomerNumber> customer_number;
  std::optional<std::string> code;  ///< normalised; fewer than twelve symbols: the beginning of a code
  std::vector<std::string> words;   ///< normalised for search; each must occur
  std::map<std::string, std::vector<std::string>> custom;  ///< field id to normalised texts
  std::optional<bool> ready_to_collect;
  std::optional<domain::Instant> overdue_at;   ///< a deadline of a running clock has passed by then
  std::optional<domain::Instant> due_soon_at;  ///< its aim has passed by then, and no deadline
  bool breached = false;                       ///< a deadline was missed at some time
  bool training = false;
  bool merged = false;                ///< those that were merged into another one, which are in no other list
  std::optional<std::string> parent;  ///< code of the ticket whose children are looked for

  bool ascending = false;  ///< by creation; newest first otherwise
  std::size_t limit = 50;
  std::optional<PagePosition> after;
};

}  // namespace ccms::server
