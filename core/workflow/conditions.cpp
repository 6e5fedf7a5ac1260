#include "core/workflow/conditions.h"

#include <algorithm>
#include <variant>

#include "core/domain/words.h"
#include "core/settings/visibility.h"

namespace ccms::workflow {
namespace {

/// An empty list is no condition.
template <class Value>
bool one_of(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

template <class Id>
bool one_of(const std::vector<std::string>& wanted, const std::optional<Id>& value) {
  return wanted.empty() || (value && one_of(wanted, value->str()));
}

/// What is not known is none of those wanted.
template <class Word>
bool known_one_of(const std::vector<Word>& wanted, const std::optional<Word>& value) {
  return wanted.empty() || (value && one_of(wanted, *value));
}

bool custom_holds(const settings::TicketConditions& when, const domain::CustomValues& custom) {
  return std::all_of(when.custom.begin(), when.custom.end(), [&](const auto& condition) {
    const auto value = custom.find(domain::FieldId(condition.first));
    if (value == custom.end()) return false;
    const std::vector<std::string> given = settings::condition_values(value->second);
    return std::any_of(given.begin(), given.end(),
                       [&](const std::string& one) { return one_of(condition.second, one); });
  });
}

/// A field's value as the ends of ranges are written; nothing for a type that has no order.
std::optional<settings::CustomRange::End> ordered(const domain::CustomValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* money = std::get_if<domain::Money>(&value)) return static_cast<double>(money->amount);
  if (const auto* date = std::get_if<std::string>(&value)) return *date;
  return std::nullopt;
}

bool is_within(const settings::CustomRange& range, const settings::CustomRange::End& value) {
  const auto comparable = [&](const std::optional<settings::CustomRange::End>& end) {
    return !end || end->index() == value.index();
  };
  return comparable(range.min) && comparable(range.max) && (!range.min || *range.min <= value) &&
         (!range.max || value <= *range.max);
}

bool ranges_hold(const settings::TicketConditions& when, const domain::CustomValues& custom) {
  return std::all_of(when.custom_range.begin(), when.custom_range.end(), [&](const auto& condition) {
    const auto given = custom.find(domain::FieldId(condition.first));
    if (given == custom.end()) return false;
    const auto value = ordered(given->second);
    return value && is_within(condition.second, *value);
  });
}

bool words_hold(const settings::TicketConditions& when, const std::string& details) {
  if (when.words.empty()) return true;
  const std::string words = domain::words_of(details);
  return std::any_of(when.words.begin(), when.words.end(), [&](const std::string& phrase) {
    return domain::has_phrase(words, domain::words_of(phrase));
  });
}

/// What never changes with the ticket's way through the chain.
bool subject_holds(const settings::TicketConditions& when, const domain::TicketFacts& facts) {
  return (when.kind.empty() ||
          std::find(when.kind.begin(), when.kind.end(), facts.kind) != when.kind.end()) &&
         one_of(when.category, facts.category) && one_of(when.language, facts.language) &&
         (!when.min_amount || (facts.amount && facts.amount->amount >= *when.min_amount)) &&
         custom_holds(when, facts.custom);
}

}  // namespace

bool holds(const settings::TicketConditions& when, const domain::TicketFacts& facts,
           const settings::StorePlace& place) {
  return settings::holds_at(when, place) && subject_holds(when, facts) &&
         one_of(when.priority, facts.priority) &&
         one_of(when.requested_department, facts.requested_department) &&
         known_one_of(when.channel, facts.channel) && known_one_of(when.verification, facts.verification) &&
         ranges_hold(when, facts.custom) && words_hold(when, facts.details);
}

bool holds(const settings::TicketConditions& when, const TatFacts& facts, const settings::StorePlace& place) {
  return settings::holds_at(when, place) && subject_holds(when, facts.ticket) &&
         one_of(when.priority, facts.priority) && one_of(when.department, facts.department);
}

}  // namespace ccms::workflow
