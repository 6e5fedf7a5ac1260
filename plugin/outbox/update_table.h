#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/time.h"
#include "core/wire/sync_messages.h"

/// What the server last said about the tickets of this store.
namespace ccms::plugin::outbox::updates {

/// Keeps the newer of what is known and `update`.
void save(db::Connection& connection, const wire::TicketUpdate& update);
std::optional<wire::TicketUpdate> find(db::Connection& connection, std::string_view ticket_id);
/// The ticket is not for this store's eyes any more.
void forget(db::Connection& connection, std::string_view ticket_id);
/// Before everything is asked for anew: what a restored server says is true though its versions are lower.
void forget_all(db::Connection& connection);
/// Forgets tickets that were closed or found invalid before `limit` and are not kept at this till.
void purge_finished(db::Connection& connection, domain::Instant limit);
/// Tickets of the store that wait for their customers and are not kept at this till: other tills made them.
std::vector<wire::TicketUpdate> ready_of_others(db::Connection& connection);
/// Tickets of the store that wait for their customers; exercises of this till do not count.
std::int64_t count_ready_to_collect(db::Connection& connection);

}  // namespace ccms::plugin::outbox::updates
