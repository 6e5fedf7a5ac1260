#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/notify/channel.h"

namespace ccms::server {

/// So many others leave in one message with the first at most.
inline constexpr std::size_t kDigestLimit = 200;

/// A message that this process has the lease of, and must report on before the lease ends.
struct ClaimedNotification {
  Message message;
  std::string ticket_id;
  int attempts = 0;     ///< those made before
  bool digest = false;  ///< leaves in one message with the others to the same recipient
};

/// What became of an attempt.
struct AttemptResult {
  std::string state;  ///< sent; pending: try again at `due_at`; failed: refused for ever; dead: given up
  std::string error;
  Instant due_at{};
};

/// A message as its ticket shows it.
struct NotificationView {
  std::string id, channel, audience, to, on, state, subject, text;
  int attempts = 0;
  std::optional<std::string> last_error;
  Instant created_at{};
  std::optional<Instant> sent_at, delivered_at;
};

/// The outbox of messages in the database. States: pending → sent → delivered or failed; pending → failed,
/// dead or cancelled. Each function is one statement or belongs into the caller's transaction; all throw
/// db::DbError.
class NotificationStore {
 public:
  explicit NotificationStore(db::Connection& connection) : connection_(connection) {}

  /// Forgets who had taken what: for a process that knows itself alone on the database, at its start.
  void release_all();

  /// Takes up to `most` due messages of a channel, oldest first, for `owner` until `lease_until`. With one of
  /// a digest come the others that are due to its recipient, up to kDigestLimit. A message that another
  /// process takes at the same time is left to it.
  std::vector<ClaimedNotification> claim_due(const std::string& owner, const std::string& channel,
                                             Instant now, Instant lease_until, std::size_t most);
  /// Writes down an attempt, unless the message is not `owner`'s any more. Returns whether it was.
  bool record_attempt(const std::string& id, const std::string& owner, const AttemptResult& result,
                      Instant now);
  /// A delivery report. Reports come in any order and more than once: only one that says more than what is
  /// known changes anything. Returns whether there is such a message.
  bool record_report(const std::string& id, bool delivered, const std::string& detail, Instant now);

  /// The messages of a ticket, oldest first.
  std::vector<NotificationView> of_ticket(const std::string& ticket_id);

 private:
  std::vector<ClaimedNotification> claim(const db::Rows& due, const std::string& owner, Instant now,
                                         Instant lease_until);
  std::vector<ClaimedNotification> claim_digest(const ClaimedNotification& first, const std::string& owner,
                                                Instant now, Instant lease_until);

  db::Connection& connection_;
};

}  // namespace ccms::server
