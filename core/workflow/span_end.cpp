#include "core/workflow/span_end.h"

#include <chrono>

namespace ccms::workflow {

using settings::Span;

std::optional<domain::Instant> span_end(const Span& span, const WorkingTime* calendar, domain::Instant from) {
  if (span.unit == Span::Unit::elapsed_minutes) return from + std::chrono::minutes(span.amount);
  if (calendar == nullptr) return std::nullopt;
  if (span.unit == Span::Unit::working_days) return calendar->end_of_working_day(from, span.amount);
  return calendar->add(from, std::chrono::minutes(span.amount));
}

}  // namespace ccms::workflow
