#include "core/settings/read_workflow.h"

#include "core/settings/read_process.h"

namespace ccms::settings {
namespace {

State read_state(const Node& node, const Languages& languages) {
  return {node["id"].text(),
          node["type"].word<StateType>(),
          node["label"].translations(languages),
          node["customer_label"].translations(languages),
          node.flag_or("ready_to_collect", false),
          node.flag_or("pauses_clock", false)};
}

TransitionDefaults read_defaults(const Node& node) {
  return {node.text_or_empty("resolution_code"), node.text_or_empty("rejection_reason"),
          node.text_or_empty("note")};
}

Transition read_transition(const Node& node, const Languages& languages) {
  Transition transition;
  transition.id = node["id"].text();
  transition.action = node["action"].word<Action>();
  transition.label = node["label"].translations(languages);
  transition.from = node["from"].texts();
  if (const auto to = node.find("to")) transition.to = to->text();
  transition.who = node.texts_or_empty("who");
  if (const auto needs = node.find("requires")) transition.needs = needs->words<Requirement>();
  if (const auto defaults = node.find("defaults")) transition.defaults = read_defaults(*defaults);
  if (const auto priority = node.find("set_priority")) transition.set_priority = priority->text();
  if (const auto department = node.find("department")) transition.department = department->text();
  if (const auto limit = node.find("remedy_at_most")) transition.remedy_at_most = limit->integer();
  if (const auto clocks = node.find("stops_clocks")) transition.stops_clocks = clocks->words<TatClock>();
  if (const auto clocks = node.find("starts_clocks")) transition.starts_clocks = clocks->words<TatClock>();
  if (const auto after = node.find("after")) transition.after = read_span(*after);
  if (const auto sees = node.find("customer_sees")) transition.customer_sees = sees->flag();
  return transition;
}

Workflow read_workflow(const Node& node, const Languages& languages) {
  Workflow workflow;
  workflow.id = node["id"].text();
  workflow.name = node["name"].translations(languages);
  workflow.when = read_workflow_choice(node);
  workflow.initial = node["initial"].text();
  workflow.verification = node["verification"].word<VerificationFlow>();
  workflow.creators = node.texts_or_empty("creators");
  workflow.resolvers = node.texts_or_empty("resolvers");
  workflow.escalators = node.texts_or_empty("escalators");
  workflow.supervisor = node.text_or_empty("supervisor");
  workflow.transitions =
      node["transitions"].list([&](const Node& n) { return read_transition(n, languages); });
  return workflow;
}

}  // namespace

WorkflowChoice read_workflow_choice(const Node& workflow) {
  const auto when = workflow.find("when");
  if (!when) return {};
  return {when->list_or_empty("kinds", [](const Node& kind) { return kind.word<domain::TicketKind>(); }),
          when->texts_or_empty("categories")};
}

std::vector<State> read_states(const Node& document, const Languages& languages) {
  return document["states"].list([&](const Node& node) { return read_state(node, languages); });
}

std::vector<Workflow> read_workflows(const Node& document, const Languages& languages) {
  return document["workflows"].list([&](const Node& node) { return read_workflow(node, languages); });
}

std::vector<Role> read_roles(const Node& document, const Languages& languages) {
  const auto roles = document.find("roles");
  if (!roles) return standard_roles(languages);
  return roles->list([&](const Node& node) {
    return Role{node["id"].text(), node["name"].translations(languages), node["scope"].word<RoleScope>(),
                node["permissions"].words<Permission>()};
  });
}

}  // namespace ccms::settings
