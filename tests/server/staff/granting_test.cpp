#include "server/staff/granting.h"

#include <gtest/gtest.h>

#include "server/staff/standings.h"

namespace ccms::server {
namespace {

using settings::Permission;
using settings::RoleScope;

/// One store, which is all that its area, zone, region and legal entity hold so far; and a lead of each.
settings::Settings chain_of_one_store() {
  settings::Settings settings;
  auto& organisation = settings.organisation;
  organisation.legal_entities.emplace_back().id = "company";
  organisation.zones.emplace_back().id = "north";
  settings.regions.emplace_back().id = "germany";
  auto& area = organisation.areas.emplace_back();
  area.id = "hamburg";
  area.zone = "north";
  area.region = "germany";
  auto& store = organisation.stores.emplace_back();
  store.id = "S1";
  store.area = "hamburg";
  store.legal_entity = "company";
  for (const RoleScope scope : {RoleScope::store, RoleScope::area, RoleScope::zone, RoleScope::region,
                                RoleScope::legal_entity, RoleScope::chain})
    settings.roles.push_back({std::string(domain::to_text(scope)),
                              {},
                              scope,
                              {Permission::tickets_view, Permission::people_invite}});
  return settings;
}

bool gives(const RoleGrant& own, const RoleGrant& given) {
  const auto settings = chain_of_one_store();
  return may_give(standings_of({own}, &settings), Permission::people_invite, {given}, settings);
}

const RoleGrant kStore{"store", "S1"};
const RoleGrant kArea{"area", "hamburg"};
const RoleGrant kZone{"zone", "north"};
const RoleGrant kRegion{"region", "germany"};
const RoleGrant kCompany{"legal_entity", "company"};
const RoleGrant kChain{"chain", ""};

TEST(Granting, ReachesWhatLiesBelowInTheOrganisation) {
  for (const RoleGrant& wide : {kStore, kArea, kZone, kRegion, kCompany, kChain})
    EXPECT_TRUE(gives(wide, kStore)) << wide.role;
  for (const RoleGrant& wide : {kArea, kZone, kRegion, kChain}) EXPECT_TRUE(gives(wide, kArea)) << wide.role;
  for (const RoleGrant& own : {kZone, kRegion, kCompany, kChain}) EXPECT_TRUE(gives(own, own)) << own.role;
  for (const RoleGrant& given : {kZone, kRegion, kCompany}) EXPECT_TRUE(gives(kChain, given)) << given.role;
}

TEST(Granting, ReachesNoPlaceThatOnlyHoldsTheSameStoresToday) {
  for (const RoleGrant& wider : {kArea, kZone, kRegion, kCompany, kChain})
    EXPECT_FALSE(gives(kStore, wider)) << wider.role << ": another store may open there";
  for (const RoleGrant& wider : {kZone, kRegion, kCompany, kChain})
    EXPECT_FALSE(gives(kArea, wider)) << wider.role;
  EXPECT_FALSE(gives(kZone, kRegion)) << "its areas may come to lie in two regions";
  EXPECT_FALSE(gives(kRegion, kZone));
  EXPECT_FALSE(gives(kCompany, kArea)) << "the area may get a store of another company";
}

}  // namespace
}  // namespace ccms::server
