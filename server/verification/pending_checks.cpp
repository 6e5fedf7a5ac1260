#include "server/verification/pending_checks.h"

#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "core/workflow/workflow.h"
#include "server/deadlines/deadlines.h"
#include "server/intake/allocation.h"
#include "server/intake/intake.h"
#include "server/intake/ticket_content.h"
#include "server/store/changes.h"

namespace ccms::server {
namespace {

using workflow::Verification;

constexpr std::int64_t kPage = 100;

std::vector<DueCheck> page_of_due(db::Database& database, Instant now) {
  const auto lease = database.reader();
  return due_checks(*lease, now, kPage);
}

bool is_taken(db::Database& database, const DueCheck& due, Instant now) {
  return db::with_transaction(
      database, [&](db::Connection& connection) { return take_due_check(connection, due, now); });
}

/// Verified and rejected may be what a person said: the books do not overrule people.
bool may_be_checked_anew(const TicketRecord& ticket) {
  const auto state = domain::from_text<Verification>(ticket.verification);
  return state == Verification::pending || state == Verification::unverified ||
         state == Verification::mismatch;
}

}  // namespace

std::size_t PendingChecks::run_once(Instant now) {
  const auto current = services_.settings.current();
  if (!current) return 0;
  std::size_t settled = 0;
  // What is taken is put off, so that each page has others.
  for (auto page = page_of_due(services_.database, now); !page.empty();
       page = page_of_due(services_.database, now)) {
    for (const auto& due : page) {
      if (stopping()) return settled;  // what is left stays due
      if (is_taken(services_.database, due, now)) settled += check(due.ticket_id, *current, now) ? 1 : 0;
    }
  }
  return settled;
}

bool PendingChecks::check(const std::string& ticket_id, const PublishedSettings& current, Instant now) {
  std::optional<TicketRecord> seen;
  {
    const auto lease = services_.database.reader();
    seen = load_ticket(*lease, ticket_id);
  }
  const bool waits = seen && may_be_checked_anew(*seen);
  const auto evidence = waits ? evidence_for(directory_, read_content(*seen)) : PurchaseEvidence{};
  if (waits && !evidence.transaction) return false;

  return db::with_transaction(services_.database, [&](db::Connection& connection) {
    auto ticket = load_ticket(connection, ticket_id, true);
    // Amended since, it may be about another purchase than the evidence: a later round looks anew.
    if (waits && ticket->version != seen->version) return false;
    if (!waits || !would_change(connection, *ticket, evidence, current.settings)) {
      stop_waiting(connection, ticket_id);
      return false;
    }
    ticket->updated_at = to_epoch_ms(now);
    const bool allocated = check_again(connection, *ticket, evidence, current.settings, now);
    Deadlines(connection, current, now).follow(*ticket, "checked");
    if (!update_ticket(connection, *ticket)) return false;
    append_change(connection, *ticket, now);
    if (allocated) tell_of_creation(connection, *ticket, current.settings, now);
    services_.log.info("purchase_checked",
                       {{"ticket_id", ticket_id}, {"verification", ticket->verification}});
    return true;
  });
}

}  // namespace ccms::server
