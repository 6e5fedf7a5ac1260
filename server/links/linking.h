#pragma once

#include "core/domain/result.h"
#include "server/http/principal.h"
#include "server/links/ticket_links.h"
#include "server/store/ticket_access.h"

namespace ccms::server {

/// Two tickets that somebody may see and has locked.
struct LockedPair {
  TicketRecord ticket;
  TicketRecord other;
};

/// Whether somebody may say of both tickets what they belong to: those who work on them, which a store's
/// manager does not. Error: role_not_allowed.
domain::Result<void> check_may_join(const Principal& principal, const LockedPair& pair);

/// Writes both tickets back. Error: version_conflict. Throws db::DbError.
domain::Result<void> write_both(db::Connection& connection, LockedPair& pair, Instant now);

/// What keeps two tickets from being joined in any way, by whom and as what. `other_field` is where the
/// request names the other one. Errors: role_not_allowed; same_ticket, training_differs (other_field);
/// ticket_merged and ticket_withdrawn (empty, or other_field when it is the other one).
domain::Result<void> check_joinable(const Principal& principal, const LockedPair& pair,
                                    const std::string& other_field);

/// Links `pair.ticket` to `pair.other` as `kind` says, with an event in both histories; all in the caller's
/// transaction. A case has one level: a parent has no parent. Errors: those of check_joinable(), at /ticket;
/// already_linked, circle, parent_is_child (/ticket); has_parent, has_children (/kind). Throws db::DbError.
domain::Result<void> link_tickets(db::Connection& connection, const Principal& principal, LockedPair& pair,
                                  LinkKind kind, Instant now);

/// Takes a link away, merged tickets' links included. Errors: role_not_allowed, not_linked. Throws
/// db::DbError.
domain::Result<void> unlink_tickets(db::Connection& connection, const Principal& principal, LockedPair& pair,
                                    LinkKind kind, Instant now);

}  // namespace ccms::server
