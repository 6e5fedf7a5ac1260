#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/ticket.h"
#include "core/settings/bundle.h"
#include "core/wire/json_reader.h"

namespace ccms::plugin::app {

/// What find_tickets looks for; empty members do not restrict.
struct SearchFilter {
  std::vector<std::string> status;  ///< state ids or types
  std::vector<std::string> priority;
  std::vector<std::string> department;
  std::string created_from;     ///< local date "2026-11-01", inclusive
  std::string created_to;       ///< the same
  std::string customer_number;  ///< mobile, card or account in any spelling
  std::string code;
  std::string text;
  bool ready = false;                                       ///< only what waits for its customer
  std::vector<std::pair<std::string, std::string>> custom;  ///< field id, value as text
  std::int64_t limit = 50;
  std::string language;
};

SearchFilter read_search_filter(const wire::Node& node);

/// A ticket as the filter looks at it.
struct Candidate {
  const nlohmann::ordered_json& summary;
  const domain::TicketContent* content;  ///< null when it is no longer kept here
  std::string local_date;                ///< "2026-11-21"
};
/// Whether all but the code is as the filter asks: a code is looked up, not compared.
bool matches(const SearchFilter& filter, const Candidate& candidate);

/// The same search as path and query of the server's interface.
std::string server_query(const SearchFilter& filter);

}  // namespace ccms::plugin::app
