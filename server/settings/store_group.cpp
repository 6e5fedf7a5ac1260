#include "server/settings/store_group.h"

#include <set>
#include <string_view>

namespace ccms::server {
namespace {

using domain::Error;

bool is_in_zone(const settings::Settings& settings, const std::string& area, const std::string& zone) {
  for (const auto& known : settings.organisation.areas) {
    if (known.id == area) return known.zone == zone;
  }
  return false;
}

class Collection {
 public:
  explicit Collection(const settings::Settings& settings) : settings_(settings) {}

  /// Adds the stores for which `belongs(store, id)` holds, for each id. False when an id has none.
  template <class Belongs>
  bool add(const std::vector<std::string>& ids, std::string_view list, Belongs belongs) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      bool any = false;
      for (const auto& store : settings_.organisation.stores) {
        if (!belongs(store, ids[i])) continue;
        stores_.insert(store.id);
        any = true;
      }
      if (any) continue;
      error_ = {"unknown_reference", "the version has no store of \"" + ids[i] + '"',
                '/' + std::string(list) + '/' + std::to_string(i)};
      return false;
    }
    return true;
  }

  domain::Result<std::vector<std::string>> result() const {
    if (!error_.code.empty()) return error_;
    return std::vector<std::string>(stores_.begin(), stores_.end());
  }

 private:
  const settings::Settings& settings_;
  std::set<std::string> stores_;
  Error error_;
};

}  // namespace

domain::Result<std::vector<std::string>> stores_of(const StoreGroup& group,
                                                   const settings::Settings& settings) {
  if (group.empty()) return Error{"missing_field", "name stores, areas or zones", "/stores"};
  using settings::Store;
  Collection collection(settings);
  const bool found = collection.add(group.stores, "stores", [](const Store& s, const std::string& id) {
    return s.id == id;
  }) && collection.add(group.areas, "areas", [](const Store& s, const std::string& id) {
    return s.area == id;
  }) && collection.add(group.zones, "zones", [&](const Store& s, const std::string& id) {
    return is_in_zone(settings, s.area, id);
  });
  static_cast<void>(found);  // the collection remembers what it did not find
  return collection.result();
}

}  // namespace ccms::server
