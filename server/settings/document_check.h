#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/settings/loader.h"

namespace ccms::server {

/// What is wrong with a document that is to become a version.
struct DocumentCheck {
  std::optional<settings::Settings> settings;  ///< there as soon as the document can be read by itself
  std::vector<settings::Problem> problems;     ///< the loader's, or those of succession
  bool more_problems = false;                  ///< there are more than these

  bool ok() const noexcept { return problems.empty(); }
};

/// Checks a document by itself and as successor of the version in force and of every newer one below
/// `version`: a store may have made tickets under each of them. Throws db::DbError.
DocumentCheck check_document(db::Connection& connection, std::string_view document,
                             std::int64_t version = std::numeric_limits<std::int64_t>::max());

}  // namespace ccms::server
