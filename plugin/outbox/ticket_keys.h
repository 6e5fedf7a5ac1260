#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_set>

#include "core/db/connection.h"

namespace ccms::plugin::outbox {

/// The forms and purchases of the journal's tickets, as hashes in memory. Nearly every new ticket is from a
/// new form and on a new purchase; to know that, nothing is read, and the table needs no index that every
/// ticket would have to be written into. The folder lock keeps others from adding tickets behind our back.
///
/// Says "perhaps" of what is there, and now and then of what is not: then the table is asked. What was purged
/// or rolled back stays until the journal is opened again. Used as the journal's tables are: by whoever has
/// borrowed the connection.
class TicketKeys {
 public:
  /// Reads them all. Throws DbError.
  void load(db::Connection& connection);

  bool perhaps_has(std::string_view key) const { return hashes_.contains(hash(key)); }
  void add(std::string_view key) { hashes_.insert(hash(key)); }

 private:
  static std::size_t hash(std::string_view key) { return std::hash<std::string_view>()(key); }

  std::unordered_set<std::size_t> hashes_;
};

}  // namespace ccms::plugin::outbox
