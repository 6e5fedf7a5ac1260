#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/domain/enum_text.h"
#include "server/what_if/replay.h"

/// What two settings make of the same ticket. Pure.
namespace ccms::server {

/// What may be different.
enum class Aspect {
  department,
  priority,
  first_response_by,
  answer_by,
  first_response_breached,
  resolution_breached,
  escalation,
  lacking,
};

struct Difference {
  using Value = std::variant<std::string, domain::Instant, ReplayedStep>;

  Aspect aspect = Aspect::department;
  std::string subject;  ///< "resolution, late" of an escalation, "category" of what is lacking, else empty
  std::optional<Value> before;  ///< one of the two at least is there
  std::optional<Value> after;
};

/// Steps are told apart by ladder and step; of those the same ones are compared that follow the same
/// turn-around time, as far as there are such. What both lack is no difference: what `after` alone lacks is.
std::vector<Difference> differences(const Replayed& before, const Replayed& after);

/// How many differences of one aspect there are.
struct DifferenceCount {
  std::int64_t added = 0;    ///< there was none before
  std::int64_t dropped = 0;  ///< there is none any more
  std::int64_t changed = 0;

  void add(const Difference& difference);
  bool operator==(const DifferenceCount&) const = default;
};
using DifferenceCounts = std::map<Aspect, DifferenceCount>;

}  // namespace ccms::server

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<server::Aspect> = {
    EnumName<server::Aspect>{server::Aspect::department, "department"},
    EnumName<server::Aspect>{server::Aspect::priority, "priority"},
    EnumName<server::Aspect>{server::Aspect::first_response_by, "first_response_by"},
    EnumName<server::Aspect>{server::Aspect::answer_by, "answer_by"},
    EnumName<server::Aspect>{server::Aspect::first_response_breached, "first_response_breached"},
    EnumName<server::Aspect>{server::Aspect::resolution_breached, "resolution_breached"},
    EnumName<server::Aspect>{server::Aspect::escalation, "escalation"},
    EnumName<server::Aspect>{server::Aspect::lacking, "lacking"},
};

}  // namespace ccms::domain
