#pragma once

#include <cstdint>
#include <vector>

#include "plugin/outbox/journal.h"

namespace ccms::test {

/// All that a refused request must leave as it was: how many tickets and captures there are, and the next
/// sequence and code numbers.
inline std::vector<std::int64_t> journal_counts(plugin::outbox::Journal& journal) {
  const auto connection = journal.lease();
  std::vector<std::int64_t> counts;
  for (const char* query : {"SELECT COUNT(*) FROM tickets", "SELECT COUNT(*) FROM captures",
                            "SELECT next_seq FROM identity", "SELECT next_code FROM identity"}) {
    counts.push_back(connection->query(query).front().integer(0));
  }
  return counts;
}

}  // namespace ccms::test
