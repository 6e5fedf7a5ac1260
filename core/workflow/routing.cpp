#include "core/workflow/routing.h"

#include <algorithm>

#include "core/settings/visibility.h"

namespace ccms::workflow {
namespace {

using settings::RequestUse;

/// An empty list is no condition.
bool holds(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

template <class Id>
bool holds(const std::vector<std::string>& wanted, const std::optional<Id>& value) {
  return wanted.empty() || (value && holds(wanted, value->str()));
}

bool custom_holds(const settings::RoutingConditions& when, const domain::CustomValues& custom) {
  return std::all_of(when.custom.begin(), when.custom.end(), [&](const auto& condition) {
    const auto value = custom.find(domain::FieldId(condition.first));
    if (value == custom.end()) return false;
    const std::vector<std::string> given = settings::condition_values(value->second);
    return std::any_of(given.begin(), given.end(),
                       [&](const std::string& one) { return holds(condition.second, one); });
  });
}

bool matches(const settings::Settings& settings, const settings::RoutingConditions& when,
             const domain::TicketFacts& facts) {
  const settings::Store* store = settings.find_store(facts.store.str());
  const settings::Region* region = settings.find_region_of_store(facts.store.str());
  return (when.kind.empty() ||
          std::find(when.kind.begin(), when.kind.end(), facts.kind) != when.kind.end()) &&
         holds(when.category, facts.category) && holds(when.store, facts.store.str()) &&
         holds(when.concept_id, store == nullptr ? "" : store->concept_id) &&
         holds(when.region, region == nullptr ? "" : region->id) && holds(when.priority, facts.priority) &&
         holds(when.requested_department, facts.requested_department) &&
         (!when.min_amount || (facts.amount && facts.amount->amount >= *when.min_amount)) &&
         custom_holds(when, facts.custom);
}

const settings::RoutingRule* find_rule(const settings::Settings& settings, const domain::TicketFacts& facts) {
  for (const settings::RoutingRule& rule : settings.routing.rules) {
    if (matches(settings, rule.when, facts)) return &rule;
  }
  return nullptr;
}

/// What becomes of a request, and the code that says so.
struct Outcome {
  std::string value;
  std::string code;  ///< "binding", "agreed", "changed", "ignored", or empty: nothing was requested
};

/// `ruled` is what a rule says, or null when none says anything; `fallback` answers then.
template <class List>
Outcome weigh(RequestUse use, const List& known, const std::string* requested, const std::string* ruled,
              const std::string& fallback) {
  const std::string& otherwise = ruled != nullptr ? *ruled : fallback;
  if (requested == nullptr) return {otherwise, ""};
  const auto* choice = settings::find_by_id(known, *requested);
  if (use == RequestUse::hidden || choice == nullptr || choice->retired) return {otherwise, "ignored"};
  if (*requested == otherwise) return {otherwise, "agreed"};
  if (use == RequestUse::binding) return {*requested, "binding"};
  // A proposal gives way to a rule, not to the fallback: the clerk knows more than nothing.
  if (ruled == nullptr) return {*requested, "agreed"};
  return {otherwise, "changed"};
}

template <class Id>
const std::string* text_of(const std::optional<Id>& id) {
  return id ? &id->str() : nullptr;
}

template <class List>
std::string label_of(const List& list, const std::string& id, const std::string& language) {
  const auto* choice = settings::find_by_id(list, id);
  return choice == nullptr ? id : choice->label.in(language);
}

struct Sentence {
  std::string_view code;
  std::string_view english;
  std::string_view german;
};

constexpr Sentence kSentences[] = {
    {"rule_matched", "Routed by rule “{rule}”.", "Zugeordnet durch Regel „{rule}“."},
    {"fallback_used", "No rule matched.", "Keine Regel traf zu."},
    {"requested_department_binding", "The clerk chose the department.",
     "Die Kasse hat die Abteilung bestimmt."},
    {"requested_department_agreed", "As the clerk proposed.", "Wie von der Kasse vorgeschlagen."},
    {"requested_department_changed", "The clerk had proposed {requested_department}.",
     "Die Kasse hatte {requested_department} vorgeschlagen."},
    {"requested_department_ignored", "The department asked for is not offered.",
     "Die gewünschte Abteilung steht nicht zur Wahl."},
    {"requested_priority_binding", "The clerk chose the priority.", "Die Kasse hat die Priorität bestimmt."},
    {"requested_priority_agreed", "Priority as the clerk proposed.",
     "Priorität wie von der Kasse vorgeschlagen."},
    {"requested_priority_changed", "The clerk had proposed priority {requested_priority}.",
     "Die Kasse hatte Priorität {requested_priority} vorgeschlagen."},
    {"requested_priority_ignored", "The priority asked for is not offered.",
     "Die gewünschte Priorität steht nicht zur Wahl."},
};

std::string_view sentence(std::string_view code, std::string_view language) {
  for (const Sentence& candidate : kSentences) {
    if (candidate.code == code) return language == "de" ? candidate.german : candidate.english;
  }
  return code;
}

void replace(std::string& text, std::string_view placeholder, const std::string& value) {
  const std::size_t at = text.find(placeholder);
  if (at != std::string::npos) text.replace(at, placeholder.size(), value);
}

}  // namespace

Route route(const settings::Settings& settings, const domain::TicketFacts& facts) {
  const settings::RoutingRule* rule = find_rule(settings, facts);
  const settings::FormSettings& form = settings.form;
  const Outcome department =
      weigh(form.builtin.department.use, form.departments, text_of(facts.requested_department),
            rule == nullptr ? nullptr : &rule->department, settings.routing.fallback_department);
  const Outcome priority = weigh(form.builtin.priority.use, form.priorities, text_of(facts.priority),
                                 rule == nullptr || !rule->priority ? nullptr : &*rule->priority,
                                 settings.routing.fallback_priority);
  Route out{department.value, priority.value, rule == nullptr ? "" : rule->id, {}};
  out.explanation.push_back(rule == nullptr ? "fallback_used" : "rule_matched");
  if (!department.code.empty()) out.explanation.push_back("requested_department_" + department.code);
  if (!priority.code.empty()) out.explanation.push_back("requested_priority_" + priority.code);
  return out;
}

std::string explain(const settings::Settings& settings, const domain::TicketFacts& facts, const Route& route,
                    const std::string& language) {
  std::string out;
  for (const std::string& code : route.explanation) {
    std::string text(sentence(code, language));
    replace(text, "{rule}", route.rule);
    if (facts.requested_department) {
      replace(text, "{requested_department}",
              label_of(settings.form.departments, facts.requested_department->str(), language));
    }
    if (facts.priority) {
      replace(text, "{requested_priority}",
              label_of(settings.form.priorities, facts.priority->str(), language));
    }
    if (!out.empty()) out += ' ';
    out += text;
  }
  return out;
}

}  // namespace ccms::workflow
