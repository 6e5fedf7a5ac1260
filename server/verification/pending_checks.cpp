#include "server/verification/pending_checks.h"

#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "core/workflow/workflow.h"
#include "server/intake/allocation.h"
#include "server/intake/intake.h"
#include "server/intake/ticket_content.h"
#include "server/store/changes.h"

namespace ccms::server {
namespace {

constexpr std::int64_t kPage = 100;

struct Position {
  std::int64_t created_at = 0;
  std::string ticket_id;
};

/// The next pending tickets behind a position, oldest first.
std::vector<Position> pending_after(db::Database& database, const Position& position) {
  const auto lease = database.reader();
  const auto rows = lease->query(
      "SELECT created_at, ticket_id FROM tickets WHERE verification = 'pending' AND created_at >= ? "
      "AND (created_at > ? OR ticket_id > ?) ORDER BY created_at, ticket_id LIMIT ?",
      {position.created_at, position.created_at, position.ticket_id, kPage});
  std::vector<Position> found;
  for (const auto& row : rows) found.push_back({row.integer("created_at"), row.text("ticket_id")});
  return found;
}

bool is_pending(const TicketRecord& ticket) {
  return ticket.verification == domain::to_text(workflow::Verification::pending);
}

}  // namespace

std::size_t PendingChecks::run_once(Instant now) {
  const auto current = services_.settings.current();
  if (!current) return 0;
  std::size_t settled = 0;
  Position position;
  for (auto page = pending_after(services_.database, position); !page.empty();
       page = pending_after(services_.database, position)) {
    for (const auto& entry : page) settled += check(entry.ticket_id, *current, now) ? 1 : 0;
    position = page.back();
  }
  return settled;
}

bool PendingChecks::check(const std::string& ticket_id, const PublishedSettings& current, Instant now) {
  std::optional<TicketRecord> seen;
  {
    const auto lease = services_.database.reader();
    seen = load_ticket(*lease, ticket_id);
  }
  if (!seen || !is_pending(*seen)) return false;
  const auto evidence = evidence_for(directory_, read_content(*seen));
  if (!evidence.transaction) return false;

  return db::with_transaction(services_.database, [&](db::Connection& connection) {
    auto ticket = load_ticket(connection, ticket_id, true);
    // Amended since, it may be about another purchase than the evidence: the next round looks anew.
    if (!ticket || !is_pending(*ticket) || ticket->version != seen->version) return false;
    ticket->updated_at = to_epoch_ms(now);
    const bool allocated = check_again(connection, *ticket, evidence, current.settings, now);
    if (!update_ticket(connection, *ticket)) return false;
    append_change(connection, *ticket, now);
    if (allocated) tell_of_creation(connection, *ticket, current.settings, now);
    services_.log.info("purchase_checked",
                       {{"ticket_id", ticket_id}, {"verification", ticket->verification}});
    return true;
  });
}

}  // namespace ccms::server
