#include "server/http/resources/meta_resource.h"

#include <nlohmann/json.hpp>

#include "core/settings/form.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_view.h"
#include "server/http/resources/with_settings.h"

namespace ccms::server {
namespace {

using nlohmann::json;

json choice_json(const settings::Choice& choice) {
  json view = {{"id", choice.id}, {"label", text_json(choice.label)}};
  if (choice.retired) view["retired"] = true;
  return view;
}

template <class List, class Each>
json list_json(const List& list, Each each) {
  json array = json::array();
  for (const auto& element : list) array.push_back(each(element));
  return array;
}

json priority_json(const settings::Priority& priority) {
  json view = choice_json(priority);
  view["rank"] = priority.rank;
  return view;
}

json category_json(const settings::Category& category) {
  json view = choice_json(category);
  view["confidential"] = category.confidential;
  if (!category.kinds.empty())
    view["kinds"] = list_json(category.kinds, [](auto kind) { return domain::to_text(kind); });
  return view;
}

json field_json(const settings::Field& field) {
  json view = {{"id", field.id},
               {"type", domain::to_text(field.type)},
               {"label", text_json(field.label)},
               {"searchable", field.searchable},
               {"retired", field.retired}};
  if (!field.options.empty()) view["options"] = list_json(field.options, choice_json);
  return view;
}

json transition_json(const settings::Transition& transition) {
  json view = {{"id", transition.id},
               {"action", domain::to_text(transition.action)},
               {"label", text_json(transition.label)},
               {"from", transition.from},
               {"who", transition.who},
               {"requires", list_json(transition.needs, [](auto need) { return domain::to_text(need); })}};
  if (transition.to) view["to"] = *transition.to;
  return view;
}

json workflow_json(const settings::Workflow& workflow) {
  json view = {{"id", workflow.id},
               {"name", text_json(workflow.name)},
               {"initial", workflow.initial},
               {"transitions", list_json(workflow.transitions, transition_json)}};
  if (!workflow.when.categories.empty()) view["categories"] = workflow.when.categories;
  if (!workflow.when.kinds.empty())
    view["kinds"] = list_json(workflow.when.kinds, [](auto kind) { return domain::to_text(kind); });
  return view;
}

/// The kinds that the chain gives: all, where it names none.
json remedies_json(const settings::FormSettings& form) {
  json kinds = json::array();
  for (const auto& rule : form.remedies) kinds.push_back(domain::to_text(rule.kind));
  if (!kinds.empty()) return kinds;
  for (const auto& known : domain::kEnumNames<domain::RemedyKind>) kinds.push_back(known.name);
  return kinds;
}

json role_json(const settings::Role& role) {
  return {{"id", role.id}, {"name", text_json(role.name)}, {"scope", domain::to_text(role.scope)}};
}

json stores_json(const settings::Settings& settings) {
  auto stores = json::array();
  for (const auto& store : settings.organisation.stores) {
    json entry{{"id", store.id}, {"name", store.name}};
    if (const auto* region = settings.find_region_of_store(store.id)) entry["time_zone"] = region->time_zone;
    stores.push_back(std::move(entry));
  }
  return stores;
}

json filters_json(const settings::FormSettings& form) {
  const auto filters = form.search_filters.find(settings::Screen::console);
  return filters == form.search_filters.end() ? json::array() : json(filters->second);
}

json meta_json(const PublishedSettings& published) {
  const settings::Settings& s = published.settings;
  return {{"settings_version", published.version},
          {"chain", s.name},
          {"languages", s.form.languages},
          {"currency", s.form.currency},
          {"departments", list_json(s.form.departments, choice_json)},
          {"priorities", list_json(s.form.priorities, priority_json)},
          {"categories", list_json(s.form.categories, category_json)},
          {"fields", list_json(s.form.fields, field_json)},
          {"filters", filters_json(s.form)},
          {"states", list_json(s.states, state_json)},
          {"workflows", list_json(s.workflows, workflow_json)},
          {"roles", list_json(s.roles, role_json)},
          {"resolution_codes", list_json(s.resolution_codes, choice_json)},
          {"remedies", remedies_json(s.form)},
          {"rejection_reasons", list_json(s.rejection_reasons, choice_json)},
          {"no_proof_reasons", list_json(s.form.no_proof_reasons, choice_json)},
          {"stores", stores_json(s)}};
}

std::vector<settings::Choice> choices_of(const std::vector<settings::State>& states) {
  std::vector<settings::Choice> choices;
  for (const settings::State& state : states) choices.push_back({state.id, state.label, false});
  return choices;
}

}  // namespace

void MetaResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/meta", Access::staff_or_client,
             [this](const Request& request) { return meta(request); });
  router.add("GET", "/api/v1/form", Access::staff_or_client,
             [this](const Request& request) { return form(request); });
}

Response MetaResource::meta(const Request&) const {
  return with_settings(
      services_, [](const PublishedSettings& published) { return json_response(200, meta_json(published)); });
}

Response MetaResource::form(const Request& request) const {
  const auto screen = domain::from_text<settings::Screen>(request.query_value("screen").value_or("console"));
  if (!screen) return problem(400, domain::Error{"bad_value", "screen is console or till", "/screen"});
  const auto kind = domain::from_text<domain::TicketKind>(request.query_value("kind").value_or("complaint"));
  if (!kind) return problem(400, domain::Error{"bad_value", "there is no such kind of ticket", "/kind"});
  return with_settings(services_, [&](const PublishedSettings& published) {
    const settings::FormSettings& form = published.settings.form;
    const std::string language = request.query_value("language").value_or(form.languages.front());
    json answer = settings::form_schema(form, *screen, language, *kind);
    answer["data"] = {{"kind", domain::to_text(*kind)}};
    answer["settings_version"] = published.version;
    answer["filters"] =
        settings::filters_schema(form, choices_of(published.settings.states), *screen, language);
    return json_response(200, answer);
  });
}

}  // namespace ccms::server
