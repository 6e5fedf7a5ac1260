#include "core/workflow/routing.h"

#include "core/workflow/conditions.h"

namespace ccms::workflow {
namespace {

using settings::RequestUse;

const settings::RoutingRule* find_rule(const RoutingView& view, const domain::TicketFacts& facts) {
  for (const settings::RoutingRule& rule : view.routing.rules) {
    if (holds(rule.when, facts, view.place)) return &rule;
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

Route route(const RoutingView& view, const domain::TicketFacts& facts) {
  const settings::RoutingRule* rule = find_rule(view, facts);
  const settings::FormSettings& form = view.form;
  const Outcome department =
      weigh(form.builtin.department.use, form.departments, text_of(facts.requested_department),
            rule == nullptr ? nullptr : &rule->department, view.routing.fallback_department);
  const Outcome priority =
      weigh(form.builtin.priority.use, form.priorities, text_of(facts.priority),
            rule == nullptr || !rule->priority ? nullptr : &*rule->priority, view.routing.fallback_priority);
  Route out{department.value, priority.value, rule == nullptr ? "" : rule->id, {}};
  out.explanation.push_back(rule == nullptr ? "fallback_used" : "rule_matched");
  if (!department.code.empty()) out.explanation.push_back("requested_department_" + department.code);
  if (!priority.code.empty()) out.explanation.push_back("requested_priority_" + priority.code);
  return out;
}

Route route(const settings::Settings& settings, const domain::TicketFacts& facts) {
  return route({settings.routing, settings.form, settings.place_of(facts.store.str())}, facts);
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
