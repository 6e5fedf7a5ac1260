#pragma once

#include <optional>
#include <string>

#include "core/domain/actor.h"
#include "core/domain/ids.h"
#include "core/domain/remedy.h"

namespace ccms::domain {

/// The customer was helped at the counter, and the ticket is done with.
struct Settled {
  ReasonId resolution_code;
  std::string note;
  std::optional<Remedy> remedy{};
  std::optional<Clerk> approved_by{};  ///< who allowed it, as the host says

  bool operator==(const Settled&) const = default;
};

}  // namespace ccms::domain
