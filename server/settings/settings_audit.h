#pragma once

#include <string>

#include "core/db/connection.h"
#include "server/settings/draft_table.h"
#include "server/settings/publication.h"
#include "server/store/audit_log.h"

namespace ccms::server {

// What the audit log says of the life of the settings. All belong into the transaction of the change.

AuditEntry draft_saved(AuditActor actor, const Draft& draft);
AuditEntry draft_discarded(AuditActor actor, const Draft& draft);

/// Notes a publication, a rollout or its end, or a rollback: `action` says which. What was refused or changed
/// nothing is not noted. Throws db::DbError.
void audit_publication(db::Connection& connection, AuditActor actor, const std::string& action,
                       const Publication& publication, const PublicationWish& wish, Instant now);

}  // namespace ccms::server
