#include "core/settings/read_settings.h"

#include "core/settings/read_calendar.h"
#include "core/settings/read_form_settings.h"
#include "core/settings/read_process.h"
#include "core/settings/read_workflow.h"

namespace ccms::settings {
namespace {

bool enabled(const Node& node) { return node.flag_or("ccms_enabled", true); }

LegalEntity read_legal_entity(const Node& node) {
  return {node["id"].text(), node["name"].text(), node["kind"].text() == "franchise", enabled(node)};
}

OrganisationNode read_organisation_node(const Node& node) {
  return {node["id"].text(), node["name"].text(), enabled(node)};
}

Area read_area(const Node& node) {
  return {node["id"].text(), node["name"].text(), node["zone"].text(), node["region"].text(), enabled(node)};
}

Till read_till(const Node& node) { return {node["id"].text(), node["name"].text(), enabled(node)}; }

Store read_store(const Node& node, const Languages& languages) {
  Store store;
  store.id = node["id"].text();
  store.name = node["name"].text();
  store.legal_entity = node["legal_entity"].text();
  store.concept_id = node["concept"].text();
  store.area = node["area"].text();
  store.address = node["address"].text();
  store.phone = node["phone"].text();
  store.email = node.text_or_empty("email");
  store.hours = node["hours"].translations(languages);
  store.tills = node["tills"].list(read_till);
  store.ccms_enabled = enabled(node);
  return store;
}

Organisation read_organisation(const Node& node, const Languages& languages) {
  Organisation organisation;
  organisation.legal_entities = node["legal_entities"].list(read_legal_entity);
  organisation.zones = node["zones"].list(read_organisation_node);
  organisation.concepts = node["concepts"].list(read_organisation_node);
  organisation.areas = node["areas"].list(read_area);
  organisation.stores = node["stores"].list([&](const Node& n) { return read_store(n, languages); });
  return organisation;
}

Region read_region(const Node& node, const Languages& languages) {
  return {read_calendar(node, languages), node["id"].text(), node["name"].translations(languages)};
}

Shift read_shift(const Node& node) {
  Shift shift{node["id"].text(), node["region"].text(), std::nullopt, node.texts_or_empty("roles")};
  if (const auto hours = node.find("hours")) shift.hours = read_hours(*hours);
  return shift;
}

Assignment read_assignment(const Node& node) {
  return {node["by"].word<AssignBy>(), node.list_or_empty("shifts", read_shift)};
}

NotificationRule read_notification_rule(const Node& node) {
  return {node["id"].text(),
          node["on"].word<Occasion>(),
          node.texts_or_empty("steps"),
          node["to"].word<Recipient>(),
          node["channels"].words<MessageChannel>(),
          node["template"].text()};
}

MessageTemplate read_template(const Node& node, const Languages& languages) {
  MessageTemplate out{node["id"].text(), {}, node["body"].translations(languages)};
  if (const auto subject = node.find("subject")) out.subject = subject->translations(languages);
  return out;
}

Notifications read_notifications(const Node& node, const Languages& languages) {
  return {node["rules"].list(read_notification_rule),
          node["templates"].list([&](const Node& n) { return read_template(n, languages); })};
}

}  // namespace

TillRules read_till_rules(const Node& node) {
  TillRules rules;
  rules.amend_window_minutes = static_cast<int>(node["amend_window_minutes"].integer());
  rules.retention_days = static_cast<int>(node["retention_days"].integer());
  rules.follow_up_url = node["follow_up_url"].text();
  rules.claim_within_days = static_cast<int>(node["claim_within_days"].integer());
  return rules;
}

Settings read_settings(const Node& document) {
  Settings settings;
  settings.name = document["name"].text();
  read_shared_form_settings(document, settings.form);
  const Languages& languages = settings.form.languages;
  settings.organisation = read_organisation(document["organisation"], languages);
  for (const Store& store : settings.organisation.stores)
    settings.form.stores.push_back({store.id, store.name});
  settings.form.search_filters[Screen::till] = document["search_filters"]["till"].texts();
  settings.form.search_filters[Screen::console] = document["search_filters"]["console"].texts();
  settings.regions = document["regions"].list([&](const Node& n) { return read_region(n, languages); });
  for (const Node& node : document["departments"].list([](const Node& n) { return n; })) {
    settings.department_contacts[node["id"].text()] = {node.text_or_empty("email"),
                                                       node.text_or_empty("mobile")};
    if (const auto assignment = node.find("assignment"))
      settings.assignments[node["id"].text()] = read_assignment(*assignment);
  }
  settings.resolution_codes = read_choices(document["resolution_codes"], languages);
  settings.rejection_reasons = read_choices(document["rejection_reasons"], languages);
  settings.states = read_states(document, languages);
  settings.workflows = read_workflows(document, languages);
  settings.roles = read_roles(document, languages);
  settings.routing = read_routing(document["routing"]);
  settings.tats = read_turn_around_times(document, languages);
  settings.role_times = read_role_times(document);
  if (const auto escalation = document.find("escalation"))
    settings.escalation = read_escalation(*escalation, languages);
  settings.notifications = read_notifications(document["notifications"], languages);
  settings.till = read_till_rules(document["till"]);
  return settings;
}

}  // namespace ccms::settings
