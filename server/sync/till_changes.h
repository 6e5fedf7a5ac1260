#pragma once

#include "core/settings/settings.h"
#include "core/wire/sync_messages.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// What happened to a store's tickets behind a position of the change feed. Only numbered changes count: a
/// number is given after the commit, so that none is ever passed over. Confidential tickets do not go
/// down; what the store saw and may not see any more is named as gone. Throws db::DbError.
wire::ChangesReply changes_for_store(db::Connection& connection, const settings::Settings& settings,
                                     const std::string& store, std::int64_t cursor, std::int64_t limit);

}  // namespace ccms::server
