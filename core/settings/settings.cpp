#include "core/settings/settings.h"

#include <set>

namespace ccms::settings {

const State* Settings::find_state(std::string_view id) const noexcept { return find_by_id(states, id); }

const Workflow* Settings::find_workflow(std::string_view id) const noexcept {
  return find_by_id(workflows, id);
}

const Workflow& Settings::workflow_of_new(domain::TicketKind kind,
                                          const std::optional<domain::CategoryId>& category) const noexcept {
  return *workflow_for(workflows, kind, category);
}

const Role* Settings::find_role(std::string_view id) const noexcept { return find_by_id(roles, id); }

const Store* Settings::find_store(std::string_view id) const noexcept {
  return find_by_id(organisation.stores, id);
}

const Store* Settings::find_store_of_till(std::string_view till_id) const noexcept {
  for (const Store& store : organisation.stores) {
    if (find_by_id(store.tills, till_id) != nullptr) return &store;
  }
  return nullptr;
}

const Region* Settings::find_region_of_store(std::string_view store_id) const noexcept {
  const Store* store = find_store(store_id);
  const Area* area = store == nullptr ? nullptr : find_by_id(organisation.areas, store->area);
  return area == nullptr ? nullptr : find_by_id(regions, area->region);
}

StorePlace Settings::place_of(std::string_view store_id) const {
  const Store* store = find_store(store_id);
  if (store == nullptr) return {};
  StorePlace place{store->id, store->concept_id, store->area, "", "", store->legal_entity};
  if (const Area* area = find_by_id(organisation.areas, store->area)) {
    place.zone = area->zone;
    place.region = area->region;
  }
  return place;
}

std::vector<std::string> Settings::stores_of(RoleScope scope, std::string_view id) const {
  std::set<std::string_view> held_areas;
  for (const Area& area : organisation.areas) {
    if ((scope == RoleScope::area && area.id == id) || (scope == RoleScope::zone && area.zone == id) ||
        (scope == RoleScope::region && area.region == id))
      held_areas.insert(area.id);
  }
  std::vector<std::string> held;
  for (const Store& store : organisation.stores) {
    if (held_areas.contains(store.area) || (scope == RoleScope::store && store.id == id) ||
        (scope == RoleScope::legal_entity && store.legal_entity == id))
      held.push_back(store.id);
  }
  return held;
}

bool Settings::store_enabled(std::string_view store_id) const noexcept {
  const Store* store = find_store(store_id);
  if (store == nullptr || !store->ccms_enabled) return false;
  const auto enabled = [](const auto* node) { return node != nullptr && node->ccms_enabled; };
  const Area* area = find_by_id(organisation.areas, store->area);
  return enabled(area) && enabled(find_by_id(organisation.zones, area->zone)) &&
         enabled(find_by_id(organisation.legal_entities, store->legal_entity)) &&
         enabled(find_by_id(organisation.concepts, store->concept_id));
}

bool Settings::till_enabled(std::string_view till_id) const noexcept {
  const Store* store = find_store_of_till(till_id);
  if (store == nullptr) return false;
  return find_by_id(store->tills, till_id)->ccms_enabled && store_enabled(store->id);
}

}  // namespace ccms::settings
