#include "server/jobs/cleanup.h"

#include "core/db/transaction.h"
#include "server/staff/sessions.h"
#include "server/store/idempotency_store.h"

namespace ccms::server {
namespace {

// A client that lost our answer for longer than this starts anew.
constexpr std::chrono::hours kAnswersKept{24 * 90};
// Until then its link says that it has expired.
constexpr std::chrono::hours kInvitationsKept{24 * 90};
// Requests with an older time are refused for their time alone.
constexpr std::chrono::minutes kNoncesKept{10};

}  // namespace

std::size_t Cleanup::run_once(Instant now) {
  db::with_transaction(database_, [&](db::Connection& connection) {
    Sessions(connection).remove_ended(now);
    IdempotencyStore(connection).remove_before(now - kAnswersKept);
    connection.execute("DELETE FROM login_links WHERE expires_at <= ?", {to_epoch_ms(now)});
    connection.execute("DELETE FROM invitations WHERE expires_at < ?", {to_epoch_ms(now - kInvitationsKept)});
    connection.execute("DELETE FROM nonces WHERE seen_at < ?", {to_epoch_ms(now - kNoncesKept)});
  });
  return 0;  // never a reason to come back before the interval
}

}  // namespace ccms::server
