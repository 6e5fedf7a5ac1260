#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "core/domain/time.h"

/// What the server said about the captures in quarantine, or why they were not sent.
namespace ccms::plugin::outbox::failures {

/// The problem's code of a capture that has changed on the disk since it was recorded: it is not sent.
inline constexpr const char* kDamaged = "damaged";

struct Failure {
  std::int64_t attempts = 0;
  domain::Error problem;
};

void record(db::Connection& connection, std::string_view event_id, std::string_view ticket_id,
            const domain::Error& problem, domain::Instant at);
void remove(db::Connection& connection, std::string_view event_id);
std::optional<Failure> find(db::Connection& connection, std::string_view event_id);
/// The latest one of a ticket.
std::optional<Failure> of_ticket(db::Connection& connection, std::string_view ticket_id);

}  // namespace ccms::plugin::outbox::failures
