#pragma once

#include <array>

#include "core/domain/enum_text.h"

namespace ccms::domain {

/// What is known of the truth of a ticket.
enum class Verification { verified, pending, mismatch, unverified, rejected };

template <>
inline constexpr std::array kEnumNames<Verification> = {
    EnumName<Verification>{Verification::verified, "verified"},
    EnumName<Verification>{Verification::pending, "pending"},
    EnumName<Verification>{Verification::mismatch, "mismatch"},
    EnumName<Verification>{Verification::unverified, "unverified"},
    EnumName<Verification>{Verification::rejected, "rejected"},
};

}  // namespace ccms::domain
