#include "server/settings/store_group.h"

#include <set>
#include <string_view>

namespace ccms::server {
namespace {

using domain::Error;

class Collection {
 public:
  explicit Collection(const settings::Settings& settings) : settings_(settings) {}

  /// Adds the stores that each id holds. False when an id has none.
  bool add(const std::vector<std::string>& ids, std::string_view list, settings::RoleScope scope) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto held = settings_.stores_of(scope, ids[i]);
      stores_.insert(held.begin(), held.end());
      if (!held.empty()) continue;
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
  using settings::RoleScope;
  Collection collection(settings);
  const bool found = collection.add(group.stores, "stores", RoleScope::store) &&
                     collection.add(group.areas, "areas", RoleScope::area) &&
                     collection.add(group.zones, "zones", RoleScope::zone);
  static_cast<void>(found);  // the collection remembers what it did not find
  return collection.result();
}

}  // namespace ccms::server
