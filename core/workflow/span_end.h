#pragma once

#include <optional>

#include "core/domain/time.h"
#include "core/settings/tat_settings.h"
#include "core/workflow/working_time.h"

namespace ccms::workflow {

/// When a length of time that began at `from` has passed. Nothing when it is counted on a calendar that is
/// not known (null), or that never gives as much.
std::optional<domain::Instant> span_end(const settings::Span& span, const WorkingTime* calendar,
                                        domain::Instant from);

}  // namespace ccms::workflow
