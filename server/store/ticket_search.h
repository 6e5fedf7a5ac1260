#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/http/principal.h"
#include "server/store/ticket_filter.h"

namespace ccms::server {

/// One line of a list of tickets.
struct TicketRow {
  std::string ticket_id, code, kind, state, state_type, details_start, verification, channel;
  std::int64_t version = 0;
  std::optional<std::string> priority, department, category, assignee, assignee_name, reported_store,
      collect_store, customer_name, mobile, transaction_id;
  bool ready_to_collect = false, confidential = false, training = false, withdrawn = false;
  domain::Instant created_at, updated_at;
  std::optional<std::int64_t> answer_by, aim_at, next_deadline_at, breached_at;  ///< epoch milliseconds
};

struct TicketPage {
  std::vector<TicketRow> rows;
  std::optional<PagePosition> next;  ///< absent on the last page
};

/// A customer that a number led to.
struct CustomerMatch {
  std::optional<std::string> customer_id, name, mobile;
};

/// Queries over the tickets that `principal` may see; each throws DbError. A page costs one index range: the
/// position of the last row continues it, whatever was added meanwhile.
class TicketSearch {
 public:
  TicketSearch(db::Connection& connection, const Principal& principal)
      : connection_(connection), principal_(principal) {}

  TicketPage page(const TicketFilter& filter);
  /// How many tickets the filter holds, counted up to `most`.
  std::int64_t count(const TicketFilter& filter, std::int64_t most);
  /// The different customers of the filter's tickets, at most `most`.
  std::vector<CustomerMatch> customers(const TicketFilter& filter, std::size_t most);

 private:
  db::Connection& connection_;
  const Principal& principal_;
};

}  // namespace ccms::server
