#pragma once

#include <array>
#include <optional>

#include "core/domain/enum_text.h"
#include "core/domain/money.h"

namespace ccms::domain {

/// What the customer was given when a ticket was settled.
enum class RemedyKind { refund, exchange, repair, voucher, apology, other };

template <>
inline constexpr std::array kEnumNames<RemedyKind> = {
    EnumName<RemedyKind>{RemedyKind::refund, "refund"},
    EnumName<RemedyKind>{RemedyKind::exchange, "exchange"},
    EnumName<RemedyKind>{RemedyKind::repair, "repair"},
    EnumName<RemedyKind>{RemedyKind::voucher, "voucher"},
    EnumName<RemedyKind>{RemedyKind::apology, "apology"},
    EnumName<RemedyKind>{RemedyKind::other, "other"},
};

struct Remedy {
  RemedyKind kind = RemedyKind::other;
  std::optional<Money> amount;  ///< never negative; in the chain's currency

  bool operator==(const Remedy&) const = default;
};

}  // namespace ccms::domain
