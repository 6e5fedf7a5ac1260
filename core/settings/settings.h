#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/assignment_settings.h"
#include "core/settings/calendar.h"
#include "core/settings/conditions.h"
#include "core/settings/escalation_settings.h"
#include "core/settings/form_settings.h"
#include "core/settings/message_channel.h"
#include "core/settings/role_settings.h"
#include "core/settings/tat_settings.h"
#include "core/settings/text.h"
#include "core/settings/workflow_settings.h"

/// The typed model of one version of the complaint settings (settings/schema/settings.schema.json). Plain
/// values: copy or share them freely between threads once loaded. Only loader.h makes them, so every
/// reference between ids is known to hold.
namespace ccms::settings {

struct LegalEntity {
  std::string id;
  std::string name;
  bool franchise = false;
  bool ccms_enabled = true;
};

/// A zone or a concept.
struct OrganisationNode {
  std::string id;
  std::string name;
  bool ccms_enabled = true;
};

struct Area {
  std::string id;
  std::string name;
  std::string zone;
  std::string region;
  bool ccms_enabled = true;
};

struct Till {
  std::string id;
  std::string name;
  bool ccms_enabled = true;
};

struct Store {
  std::string id;
  std::string name;
  std::string legal_entity;
  std::string concept_id;  ///< "concept" in JSON, a keyword here
  std::string area;
  std::string address;
  std::string phone;
  std::string email;  ///< may be empty
  Text hours;         ///< for people: "Mon-Sat 9-20"
  std::vector<Till> tills;
  bool ccms_enabled = true;
};

struct Organisation {
  std::vector<LegalEntity> legal_entities;
  std::vector<OrganisationNode> zones;
  std::vector<OrganisationNode> concepts;
  std::vector<Area> areas;
  std::vector<Store> stores;
};

/// Where time zone, working hours and holidays are the same.
struct Region : Calendar {
  std::string id;
  Text name;
};

struct DepartmentContact {
  std::string email;   ///< may be empty
  std::string mobile;  ///< may be empty
};

struct RoutingRule {
  std::string id;
  TicketConditions when;
  std::string department;
  std::optional<std::string> priority;
};

struct Routing {
  std::vector<RoutingRule> rules;  ///< the first that matches wins
  std::string fallback_department;
  std::string fallback_priority;
};

/// `merged`: another ticket answers for this one from now on. `step`: a transition of a workflow that a
/// notification rule names.
enum class Occasion { created, rejected, ready_to_collect, closed, merged, step };
enum class Recipient { customer, department, assignee };

struct NotificationRule {
  std::string id;
  Occasion on = Occasion::created;
  std::vector<std::string> steps;  ///< ids of transitions; for Occasion::step alone
  Recipient to = Recipient::customer;
  std::vector<MessageChannel> channels;
  std::string message_template;  ///< "template" in JSON, a keyword here
};

struct MessageTemplate {
  std::string id;
  Text subject;  ///< e-mail only
  Text body;
};

struct Notifications {
  std::vector<NotificationRule> rules;
  std::vector<MessageTemplate> templates;
};

struct TillRules {
  int amend_window_minutes = 30;
  int retention_days = 7;
  std::string follow_up_url;  ///< holds {code}
  int claim_within_days = 730;
};

struct Settings {
  std::string name;  ///< of the chain
  FormSettings form;
  Organisation organisation;
  std::vector<Region> regions;
  std::map<std::string, DepartmentContact> department_contacts;  ///< by department id
  std::map<std::string, Assignment> assignments;  ///< by department id; none: people assign each other
  std::vector<Choice> resolution_codes;
  std::vector<Choice> rejection_reasons;
  std::vector<State> states;
  std::vector<Workflow> workflows;  ///< the first that is for a ticket is its own; the last is for all
  std::vector<Role> roles;
  Routing routing;
  std::vector<Tat> tats;  ///< "turn_around_times" in JSON
  std::vector<RoleTime> role_times;
  Escalation escalation;
  Notifications notifications;
  TillRules till;

  const State* find_state(std::string_view id) const noexcept;
  const Workflow* find_workflow(std::string_view id) const noexcept;
  /// Of a ticket that is made now.
  const Workflow& workflow_of_new(domain::TicketKind kind,
                                  const std::optional<domain::CategoryId>& category) const noexcept;
  const Role* find_role(std::string_view id) const noexcept;
  const Store* find_store(std::string_view id) const noexcept;
  /// The store that has this till, or null.
  const Store* find_store_of_till(std::string_view till) const noexcept;
  /// The region of a store, through its area, or null for an unknown store.
  const Region* find_region_of_store(std::string_view store) const noexcept;
  StorePlace place_of(std::string_view store) const;
  /// The ids of the stores that a store, an area, a region, a zone or a legal entity holds, in the document's
  /// order; none for other scopes. One pass over the organisation.
  std::vector<std::string> stores_of(RoleScope scope, std::string_view id) const;
  /// Whether the store and everything above it (legal entity, concept, area, zone) have CCMS enabled.
  bool store_enabled(std::string_view store) const noexcept;
  /// Whether the till, its store and everything above have CCMS enabled.
  bool till_enabled(std::string_view till) const noexcept;
};

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::Occasion> = {
    EnumName<settings::Occasion>{settings::Occasion::created, "created"},
    EnumName<settings::Occasion>{settings::Occasion::rejected, "rejected"},
    EnumName<settings::Occasion>{settings::Occasion::ready_to_collect, "ready_to_collect"},
    EnumName<settings::Occasion>{settings::Occasion::closed, "closed"},
    EnumName<settings::Occasion>{settings::Occasion::merged, "merged"},
    EnumName<settings::Occasion>{settings::Occasion::step, "step"},
};

template <>
inline constexpr std::array kEnumNames<settings::Recipient> = {
    EnumName<settings::Recipient>{settings::Recipient::customer, "customer"},
    EnumName<settings::Recipient>{settings::Recipient::department, "department"},
    EnumName<settings::Recipient>{settings::Recipient::assignee, "assignee"},
};

}  // namespace ccms::domain
