#pragma once

#include <array>
#include <string>

#include "core/domain/enum_text.h"

namespace ccms::server {

enum class CheckOutcome { pass, fail, unknown };

/// One question that was asked of the books, and the answer.
struct Check {
  std::string check;  ///< transaction_known, type, time, till, customer, lines, total, not_returned,
                      ///< not_claimed, policy
  CheckOutcome outcome = CheckOutcome::unknown;
  std::string detail;

  bool operator==(const Check&) const = default;
};

}  // namespace ccms::server

template <>
inline constexpr std::array ccms::domain::kEnumNames<ccms::server::CheckOutcome> = {
    ccms::domain::EnumName<ccms::server::CheckOutcome>{ccms::server::CheckOutcome::pass, "pass"},
    ccms::domain::EnumName<ccms::server::CheckOutcome>{ccms::server::CheckOutcome::fail, "fail"},
    ccms::domain::EnumName<ccms::server::CheckOutcome>{ccms::server::CheckOutcome::unknown, "unknown"},
};
