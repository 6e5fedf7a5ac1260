#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/time.h"
#include "core/settings/settings.h"

/// Who gets a ticket that came to a department. Pure: no clock, no I/O, safe from any thread.
namespace ccms::workflow {

/// Somebody whom the ticket could be assigned to.
struct AssignmentCandidate {
  std::string id;
  std::int64_t load = 0;  ///< tickets that are theirs and not finished
  std::optional<domain::Instant> last_assigned_at;
  bool absent = false;
  bool on_shift = true;
};

enum class NobodyBecause { nobody_works_there, everybody_absent, nobody_on_shift };

struct AssignmentChoice {
  std::optional<std::string> id;
  NobodyBecause nobody_because = NobodyBecause::nobody_works_there;  ///< when there is no id
};

/// Of those who are there and on shift: by least_load the one with the least, by round_robin the one whose
/// turn was longest ago. Whoever never had one comes first; among equals the earlier turn decides, then the
/// id. The order of `candidates` does not matter.
AssignmentChoice choose_assignee(settings::AssignBy by, const std::vector<AssignmentCandidate>& candidates);

/// Whether somebody who gets a department's tickets in this role works at a moment: any of their shifts is
/// open, or the department has no shifts at all.
bool is_on_shift(const settings::Settings& settings, const settings::Assignment& assignment,
                 const std::string& role, domain::Instant at);

}  // namespace ccms::workflow

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<workflow::NobodyBecause> = {
    EnumName<workflow::NobodyBecause>{workflow::NobodyBecause::nobody_works_there, "nobody_works_there"},
    EnumName<workflow::NobodyBecause>{workflow::NobodyBecause::everybody_absent, "everybody_absent"},
    EnumName<workflow::NobodyBecause>{workflow::NobodyBecause::nobody_on_shift, "nobody_on_shift"},
};

}  // namespace ccms::domain
