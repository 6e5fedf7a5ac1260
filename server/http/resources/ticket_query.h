#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/result.h"
#include "core/settings/settings.h"
#include "server/http/message.h"
#include "server/store/ticket_filter.h"

namespace ccms::server {

/// The value of `assignee` that stands for whoever asks; it is for the caller to put the asker's id there.
inline constexpr const char* kMyself = "me";

struct TicketQuery {
  TicketFilter filter;
  std::vector<domain::Error> errors;  ///< empty: the filter is good; `field` is the parameter ("/status")
};

/// Reads the search of GET /tickets from the query's parameters. Strict: an unknown parameter, an id that the
/// settings do not know or a date that does not exist is an error. A repeated parameter means any of its
/// values. Dates without a time are days of `time_zone` (viewer_time_zone.h), and `created_to` includes its
/// day. What is due is due at `now`.
TicketQuery read_ticket_query(const NameValues& query, const settings::Settings& settings,
                              const std::string& time_zone, domain::Instant now);

}  // namespace ccms::server
