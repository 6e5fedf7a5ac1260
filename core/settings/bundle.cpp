#include "core/settings/bundle.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/settings/checks.h"
#include "core/settings/json_document.h"
#include "core/settings/read_calendar.h"
#include "core/settings/read_form_settings.h"
#include "core/settings/read_process.h"
#include "core/settings/read_settings.h"
#include "core/settings/read_workflow.h"
#include "core/settings/write_form_settings.h"
#include "core/settings/write_process.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

json store_json(const Settings& settings, const Store& store) {
  const Region* region = settings.find_region_of_store(store.id);
  return {{"id", store.id},
          {"name", store.name},
          {"address", store.address},
          {"phone", store.phone},
          {"hours", to_json(store.hours)},
          {"time_zone", region == nullptr ? "UTC" : region->time_zone}};
}

json workflows_json(const Settings& settings) {
  json out = json::array();
  for (const Workflow& workflow : settings.workflows) {
    json when = json::object();
    for (const domain::TicketKind kind : workflow.when.kinds) when["kinds"].push_back(domain::to_text(kind));
    if (!workflow.when.categories.empty()) when["categories"] = workflow.when.categories;
    out.push_back({{"id", workflow.id}, {"when", when}, {"initial", workflow.initial}});
  }
  return out;
}

json states_json(const Settings& settings) {
  json out = json::array();
  for (const State& state : settings.states) {
    out.push_back({{"id", state.id},
                   {"type", domain::to_text(state.type)},
                   {"label", to_json(state.label)},
                   {"ready_to_collect", state.ready_to_collect},
                   {"pauses_clock", state.pauses_clock}});
  }
  return out;
}

json till_rules_json(const TillRules& rules) {
  return {{"amend_window_minutes", rules.amend_window_minutes},
          {"retention_days", rules.retention_days},
          {"follow_up_url", rules.follow_up_url},
          {"claim_within_days", rules.claim_within_days}};
}

/// Those that can be about tickets of this place, the place no longer asked for.
template <class Rule>
std::vector<Rule> rules_for(const std::vector<Rule>& rules, const StorePlace& place) {
  std::vector<Rule> out;
  for (const Rule& rule : rules) {
    if (!holds_at(rule.when, place)) continue;
    out.push_back(rule);
    out.back().when = anywhere(rule.when);
  }
  return out;
}

/// Of these, those that a till can tell of its own tickets, the channel no longer asked for.
std::vector<RoutingRule> rules_at_till(std::vector<RoutingRule> rules) {
  std::erase_if(rules, [](const RoutingRule& rule) { return !may_hold_at_till(rule.when); });
  for (RoutingRule& rule : rules) rule.when.channel.clear();
  return rules;
}

void put_process(json& bundle, const Settings& settings, const Store& store) {
  const StorePlace place = settings.place_of(store.id);
  Routing routing = settings.routing;
  routing.rules = rules_at_till(rules_for(settings.routing.rules, place));
  bundle["routing"] = routing_json(routing);
  bundle["turn_around_times"] = turn_around_times_json(rules_for(settings.tats, place));
  bundle["region"] = place.region;
  if (const Region* region = settings.find_region_of_store(store.id))
    bundle["calendar"] = calendar_json(*region);
}

BundleStore read_store(const Node& node, const Languages& languages) {
  return {node["id"].text(),
          node["name"].text(),
          node["address"].text(),
          node["phone"].text(),
          node["hours"].translations(languages),
          node["time_zone"].text()};
}

BundleState read_state(const Node& node, const Languages& languages) {
  return {node["id"].text(), node["type"].word<StateType>(), node["label"].translations(languages),
          node.flag_or("ready_to_collect", false), node.flag_or("pauses_clock", false)};
}

void read_process(const Node& node, Bundle& bundle) {
  const Languages& languages = bundle.form.languages;
  bundle.region = node.text_or_empty("region");
  if (const auto calendar = node.find("calendar")) bundle.calendar = read_calendar(*calendar, languages);
  if (const auto routing = node.find("routing")) bundle.routing = read_routing(*routing);
  bundle.tats = read_turn_around_times(node, languages);
}

Bundle read_bundle(const Node& node) {
  Bundle bundle;
  bundle.settings_version = node["settings_version"].integer();
  bundle.chain = node["chain"].text();
  read_shared_form_settings(node, bundle.form);
  const Languages& languages = bundle.form.languages;
  bundle.form.search_filters[Screen::till] = node["search_filters"].texts();
  bundle.form.stores = node["stores"].list([](const Node& n) {
    return StoreName{n["id"].text(), n["name"].text()};
  });
  bundle.store = read_store(node["store"], languages);
  bundle.till_ids = node["till_ids"].texts();
  bundle.enabled_till_ids = node["enabled_till_ids"].texts();
  bundle.ccms_enabled = node["ccms_enabled"].flag();
  bundle.resolution_codes = read_choices(node["resolution_codes"], languages);
  bundle.workflows = node.list_or_empty("workflows", [](const Node& n) {
    return BundleWorkflow{n["id"].text(), read_workflow_choice(n), n["initial"].text()};
  });
  bundle.states = node["states"].list([&](const Node& n) { return read_state(n, languages); });
  bundle.till = read_till_rules(node["till"]);
  read_process(node, bundle);
  return bundle;
}

void check_bundle(const Bundle& bundle, Problems& problems) {
  if (bundle.form.languages.empty()) problems.add("/languages", "too_few", "there must be a language");
  check_form_settings(bundle.form, problems);
  check_search_filters(bundle.form, Screen::till, "/search_filters", problems);
  check_unique_ids(bundle.states, "/states", problems);
  for (std::size_t i = 0; i < bundle.workflows.size(); ++i) {
    check_reference(bundle.states, bundle.workflows[i].initial, join(join("/workflows", i), "initial"),
                    "state", problems);
  }
  check_till_rules(bundle.till, problems);
}

}  // namespace

bool Bundle::till_enabled(std::string_view till_id) const noexcept {
  return ccms_enabled &&
         std::find(enabled_till_ids.begin(), enabled_till_ids.end(), till_id) != enabled_till_ids.end();
}

const BundleState* Bundle::find_state(std::string_view state) const noexcept {
  return find_by_id(states, state);
}

const BundleState* Bundle::initial_state(domain::TicketKind kind,
                                         const std::optional<domain::CategoryId>& category) const noexcept {
  const BundleWorkflow* workflow = workflow_for(workflows, kind, category);
  return workflow == nullptr ? nullptr : find_state(workflow->initial);
}

domain::Result<std::string> derive_bundle(const Settings& settings, std::int64_t version,
                                          std::string_view store_id) {
  const Store* store = settings.find_store(store_id);
  if (store == nullptr) {
    return domain::Error{"unknown_store", "the settings have no store " + std::string(store_id), ""};
  }
  json bundle = form_settings_json(settings.form, Screen::till);
  bundle["format"] = 1;
  bundle["settings_version"] = version;
  bundle["chain"] = settings.name;
  bundle["store"] = store_json(settings, *store);
  bundle["till_ids"] = json::array();
  bundle["enabled_till_ids"] = json::array();
  for (const Till& till : store->tills) {
    bundle["till_ids"].push_back(till.id);
    if (till.ccms_enabled) bundle["enabled_till_ids"].push_back(till.id);
  }
  bundle["ccms_enabled"] = settings.store_enabled(store->id);
  bundle["resolution_codes"] = to_json(settings.resolution_codes);
  bundle["workflows"] = workflows_json(settings);
  bundle["states"] = states_json(settings);
  bundle["till"] = till_rules_json(settings.till);
  put_process(bundle, settings, *store);
  return bundle.dump();  // members come out sorted by name
}

Loaded<Bundle> parse_bundle(std::string_view bytes) {
  constexpr std::size_t kMaxProblems = 100;
  Problems problems(kMaxProblems);
  Bundle bundle;
  if (const auto document = parse_document(bytes, kMaxSettingsBytes, problems)) {
    const Node root(*document, "", problems);
    if (root["format"].integer() != 1) {
      problems.add("/format", "bad_value", "this version of CCMS reads bundles of format 1");
    } else {
      bundle = read_bundle(root);
    }
    if (problems.empty()) check_bundle(bundle, problems);
    problems.take_values_from(*document);
  }
  return std::move(problems).finish(std::move(bundle));
}

}  // namespace ccms::settings
