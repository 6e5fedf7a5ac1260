#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/db/connection.h"

/// Single values that outlive the process and belong to no other table.
namespace ccms::plugin::outbox::meta {

inline constexpr std::string_view kChangesCursor = "changes_cursor";
inline constexpr std::string_view kClockOffset = "clock_offset_ms";
inline constexpr std::string_view kLastSync = "last_sync_at";
inline constexpr std::string_view kFailedAttempts = "failed_attempts";
inline constexpr std::string_view kRetryDelay = "retry_delay_ms";

std::optional<std::int64_t> number(db::Connection& connection, std::string_view name);
void set_number(db::Connection& connection, std::string_view name, std::int64_t value);

}  // namespace ccms::plugin::outbox::meta
