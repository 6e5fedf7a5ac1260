#include "core/settings/read_process.h"

#include "core/settings/read_calendar.h"

namespace ccms::settings {
namespace {

std::optional<CustomRange::End> range_end(const Node& range, const char* name) {
  const auto end = range.find(name);
  if (!end) return std::nullopt;
  if (end->is_text()) return end->text();
  return end->number();
}

TicketConditions read_conditions(const Node& node) {
  TicketConditions when;
  when.kind = node.list_or_empty("kind", [](const Node& kind) { return kind.word<domain::TicketKind>(); });
  when.category = node.texts_or_empty("category");
  when.store = node.texts_or_empty("store");
  when.concept_id = node.texts_or_empty("concept");
  when.area = node.texts_or_empty("area");
  when.zone = node.texts_or_empty("zone");
  when.legal_entity = node.texts_or_empty("legal_entity");
  when.region = node.texts_or_empty("region");
  when.priority = node.texts_or_empty("priority");
  when.language = node.texts_or_empty("language");
  when.requested_department = node.texts_or_empty("requested_department");
  when.department = node.texts_or_empty("department");
  if (const auto amount = node.find("min_amount")) when.min_amount = amount->integer();
  if (const auto custom = node.find("custom")) {
    custom->members(
        [&](const std::string& field, const Node& values) { when.custom[field] = values.texts(); });
  }
  if (const auto ranges = node.find("custom_range")) {
    ranges->members([&](const std::string& field, const Node& range) {
      when.custom_range[field] = {range_end(range, "min"), range_end(range, "max")};
    });
  }
  when.words = node.texts_or_empty("words");
  when.channel = node.list_or_empty("channel", [](const Node& one) { return one.word<domain::Channel>(); });
  when.verification =
      node.list_or_empty("verification", [](const Node& one) { return one.word<domain::Verification>(); });
  return when;
}

TicketConditions conditions_or_none(const Node& node) {
  const auto when = node.find("when");
  return when ? read_conditions(*when) : TicketConditions{};
}

RoutingRule read_routing_rule(const Node& node) {
  RoutingRule rule{node["id"].text(), read_conditions(node["when"]), node["department"].text(), {}};
  if (const auto priority = node.find("priority")) rule.priority = priority->text();
  return rule;
}

/// How a document may state a length of time, and what that is.
struct UnitName {
  std::string_view name;
  Span::Unit unit;
  std::int64_t minutes;  ///< that one of it has; working days are counted, not measured
};

constexpr UnitName kUnits[] = {
    {"working_minutes", Span::Unit::working_minutes, 1}, {"working_hours", Span::Unit::working_minutes, 60},
    {"working_days", Span::Unit::working_days, 1},       {"minutes", Span::Unit::elapsed_minutes, 1},
    {"hours", Span::Unit::elapsed_minutes, 60},          {"days", Span::Unit::elapsed_minutes, 1'440},
    {"weeks", Span::Unit::elapsed_minutes, 10'080},
};

std::optional<Span> span_if_given(const Node& node, const char* name) {
  const auto span = node.find(name);
  if (!span) return std::nullopt;
  return read_span(*span);
}

template <class Word>
Word word_or(const Node& node, const char* name, Word otherwise) {
  const auto word = node.find(name);
  return word ? word->word<Word>() : otherwise;
}

Tat read_turn_around_time(const Node& node, const Languages& languages) {
  Tat tat;
  tat.id = node["id"].text();
  tat.name = node["name"].translations(languages);
  tat.clock = node["clock"].word<TatClock>();
  tat.when = conditions_or_none(node);
  tat.maximum = span_if_given(node, "maximum");
  if (const auto minimum = node.find("minimum")) {
    if (const auto by_priority = minimum->find("by_priority")) {
      by_priority->members(
          [&](const std::string& priority, const Node& span) { tat.minimum[priority] = read_span(span); });
    }
    tat.minimum_otherwise = span_if_given(*minimum, "otherwise");
  }
  tat.on_change = word_or(node, "on_change", tat.on_change);
  tat.on_reopen = word_or(node, "on_reopen", tat.on_reopen);
  tat.pauses = node.flag_or("pauses", true);
  return tat;
}

RoleTime read_role_time(const Node& node) {
  RoleTime time;
  time.role = node["role"].text();
  time.expected_response = span_if_given(node, "response");
  time.expected_resolution = span_if_given(node, "resolution");
  time.alerts = node.list_or_empty("alerts", [](const Node& alert) {
    return RoleAlert{static_cast<int>(alert["at_percent"].integer()), alert["emails"].texts(),
                     alert["template"].text()};
  });
  return time;
}

EscalationMoment read_moment(const Node& node) {
  if (const auto percent = node.find("percent")) return AtPercent{static_cast<int>(percent->integer())};
  if (const auto before = node.find("before")) return BeforeDeadline{read_span(*before)};
  return AfterDeadline{read_span(node["after"])};
}

EscalationNotice read_notice(const Node& node) {
  return {node.texts_or_empty("roles"), node.texts_or_empty("addresses"),
          node["channels"].words<MessageChannel>(), node["template"].text()};
}

EscalationStep read_step(const Node& node) {
  EscalationStep step;
  step.id = node["id"].text();
  step.at = read_moment(node["at"]);
  step.when = conditions_or_none(node);
  if (const auto notice = node.find("notify")) step.notify = read_notice(*notice);
  if (const auto priority = node.find("set_priority")) step.set_priority = priority->text();
  if (const auto assign = node.find("assign"))
    step.assign = EscalationAssignment{(*assign)["department"].text()};
  if (const auto span = node.find("acknowledge_within")) step.acknowledge_within = read_span(*span);
  step.digest = node.flag_or("digest", false);
  return step;
}

}  // namespace

Span read_span(const Node& node) {
  const std::string name = node["unit"].text();
  for (const UnitName& unit : kUnits) {
    if (unit.name == name) return {unit.unit, node["amount"].integer() * unit.minutes};
  }
  return {};  // the schema lets no other name in
}

Routing read_routing(const Node& node) {
  const Node fallback = node["fallback"];
  return {node["rules"].list(read_routing_rule), fallback["department"].text(), fallback["priority"].text()};
}

std::vector<Tat> read_turn_around_times(const Node& parent, const Languages& languages) {
  return parent.list_or_empty("turn_around_times",
                              [&](const Node& node) { return read_turn_around_time(node, languages); });
}

std::vector<RoleTime> read_role_times(const Node& parent) {
  return parent.list_or_empty("role_times", read_role_time);
}

Escalation read_escalation(const Node& node, const Languages& languages) {
  Escalation escalation;
  if (const auto quiet = node.find("quiet_hours")) {
    escalation.quiet_hours =
        QuietHours{read_time_of_day((*quiet)["from"]), read_time_of_day((*quiet)["until"])};
  }
  if (const auto digest = node.find("digest_at")) escalation.digest_minute = read_time_of_day(*digest);
  escalation.ladders = node["ladders"].list([&](const Node& ladder) {
    return EscalationLadder{ladder["id"].text(), ladder["name"].translations(languages),
                            ladder.texts_or_empty("turn_around_times"), ladder["steps"].list(read_step)};
  });
  return escalation;
}

}  // namespace ccms::settings
