#include "server/store/ticket_filter.h"

#include <charconv>

#include "core/domain/ids.h"

namespace ccms::server {

std::string format_cursor(const PagePosition& position, bool ascending) {
  return std::string(ascending ? "a" : "d") + std::to_string(domain::to_epoch_ms(position.created_at)) + "." +
         position.ticket_id;
}

std::optional<PagePosition> parse_cursor(const std::string& cursor, bool ascending) {
  const auto dot = cursor.find('.');
  if (dot == std::string::npos || cursor.front() != (ascending ? 'a' : 'd')) return std::nullopt;
  std::int64_t created_ms = 0;
  const char* const end = cursor.data() + dot;
  const auto [stop, error] = std::from_chars(cursor.data() + 1, end, created_ms);
  PagePosition position{domain::from_epoch_ms(created_ms), cursor.substr(dot + 1)};
  if (error != std::errc() || stop != end || !domain::is_uuid_v7(position.ticket_id)) return std::nullopt;
  if (format_cursor(position, ascending) != cursor) return std::nullopt;
  return position;
}

}  // namespace ccms::server
