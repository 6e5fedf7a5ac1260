#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"

namespace ccms::settings {

enum class ChangeKind { added, removed, retired, reinstated, moved, changed };

/// One thing that two documents say differently, in words.
struct Change {
  ChangeKind kind = ChangeKind::changed;
  std::string pointer;  ///< JSON pointer into the newer document; into the former one for what was removed
  std::string text;     ///< an English sentence without full stop: "departments: “repairs” retired"
};

/// What `next` says otherwise than `former`; empty when it says the same. Elements of lists are the same when
/// they have the same `id` (`role` where there is none), wherever they stand; a member that is left out is
/// its default. Needs no valid settings, only documents that parse_document() takes (it bounds their depth).
/// The order is stable: members by name, in each list what was removed and then the newer list's order.
std::vector<Change> difference(const nlohmann::json& former, const nlohmann::json& next);

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::ChangeKind> = {
    EnumName<settings::ChangeKind>{settings::ChangeKind::added, "added"},
    EnumName<settings::ChangeKind>{settings::ChangeKind::removed, "removed"},
    EnumName<settings::ChangeKind>{settings::ChangeKind::retired, "retired"},
    EnumName<settings::ChangeKind>{settings::ChangeKind::reinstated, "reinstated"},
    EnumName<settings::ChangeKind>{settings::ChangeKind::moved, "moved"},
    EnumName<settings::ChangeKind>{settings::ChangeKind::changed, "changed"},
};

}  // namespace ccms::domain
