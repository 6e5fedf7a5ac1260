#include "server/deadlines/timers.h"

#include <array>
#include <stdexcept>

#include "core/db/transaction.h"
#include "server/deadlines/deadlines.h"
#include "server/deadlines/escalations.h"
#include "server/deadlines/timer_queue.h"
#include "server/store/changes.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

/// Tickets claimed together: their claims are one transaction, and each has one of its own.
constexpr std::int64_t kPage = 100;
constexpr std::chrono::minutes kLease{5};

/// A priority that a step sets may make the next one due; no ladder is longer than this.
constexpr int kMostRounds = 8;

std::vector<DueTimer> claim_page(db::Database& database, Instant now) {
  std::vector<DueTimer> page;
  {
    const auto lease = database.reader();
    page = due_timers(*lease, now, kPage);
  }
  if (page.empty()) return page;
  return db::with_transaction(database, [&](db::Connection& connection) {
    std::vector<DueTimer> claimed;
    for (const auto& timer : page) {
      if (claim_timer(connection, timer, now + kLease)) claimed.push_back(timer);
    }
    return claimed;
  });
}

class DueTicket {
 public:
  DueTicket(db::Connection& connection, const PublishedSettings& current, const std::vector<User>& users,
            Instant now)
      : connection_(connection), current_(current), users_(users), now_(now) {}

  void look(const std::string& ticket_id) {
    auto ticket = load_ticket(connection_, ticket_id, true);
    if (!ticket) return set_timer(connection_, ticket_id, std::nullopt);
    const auto events_before = ticket->last_event_number;
    const auto columns_before = columns_of(*ticket);
    Deadlines deadlines(connection_, current_, now_);
    // Breaches first, so that a history tells of the breach before it tells what was done about it.
    deadlines.follow(*ticket, "checked");
    for (int round = 0; round < kMostRounds; ++round) {
      if (take_due_steps(connection_, *ticket, deadlines.clocks_of(*ticket), users_, now_) == 0) break;
      deadlines.follow(*ticket, "escalated");
    }
    if (ticket->last_event_number == events_before && columns_of(*ticket) == columns_before) return;
    ticket->updated_at = to_epoch_ms(now_);
    // The row was locked when it was read, so nobody can have been quicker.
    if (!update_ticket(connection_, *ticket))
      throw std::runtime_error("a locked ticket was changed by somebody else");
    append_change(connection_, *ticket, now_);
  }

 private:
  using Columns = std::array<std::optional<std::int64_t>, 5>;

  static Columns columns_of(const TicketRecord& ticket) {
    return {ticket.answer_by, ticket.first_response_by, ticket.aim_at, ticket.breached_at,
            ticket.next_deadline_at};
  }

  db::Connection& connection_;
  const PublishedSettings& current_;
  const std::vector<User>& users_;
  const Instant now_;
};

}  // namespace

std::size_t Timers::run_once(Instant now) {
  const auto current = services_.settings.current();
  if (!current) return 0;
  const auto claimed = claim_page(services_.database, now);
  if (claimed.empty()) return 0;
  std::vector<User> users;
  {
    const auto lease = services_.database.reader();
    users = UserStore(*lease).list(std::nullopt);
  }
  for (const auto& timer : claimed) {
    db::with_transaction(services_.database, [&](db::Connection& connection) {
      DueTicket(connection, *current, users, now).look(timer.ticket_id);
    });
  }
  services_.metrics.count("ccms_timers_total", {}, static_cast<std::int64_t>(claimed.size()));
  return claimed.size();
}

}  // namespace ccms::server
