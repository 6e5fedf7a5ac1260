#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/result.h"
#include "core/settings/form_settings.h"
#include "core/settings/loader.h"
#include "core/settings/settings.h"
#include "core/settings/workflow_settings.h"

namespace ccms::settings {

struct BundleStore {
  std::string id;
  std::string name;
  std::string address;
  std::string phone;
  Text hours;
  std::string time_zone;
};

struct BundleState {
  std::string id;
  StateType type = StateType::open;
  Text label;
  bool ready_to_collect = false;
  bool pauses_clock = false;
};

/// Where the tickets of a workflow begin.
struct BundleWorkflow {
  std::string id;
  WorkflowChoice when;
  std::string initial;
};

/// What the tills of one store need of the settings, and nothing more: no e-mail addresses, no templates, no
/// other stores' routing, of other stores the names alone.
struct Bundle {
  std::int64_t settings_version = 0;
  std::string chain;
  BundleStore store;
  std::vector<std::string> till_ids;
  std::vector<std::string> enabled_till_ids;  ///< those where CCMS is enabled
  bool ccms_enabled = true;                   ///< for the store, its ancestors counted in
  FormSettings form;                          ///< fields: those shown at the till
  std::vector<Choice> resolution_codes;
  std::vector<BundleWorkflow> workflows;  ///< as in Settings
  std::vector<BundleState> states;
  TillRules till;

  // What says how a ticket made here goes, and by when it is answered. An older server gives none of it.
  std::string region;
  std::optional<Calendar> calendar;  ///< of the region
  std::optional<Routing> routing;    ///< the rules that can match here, asking nothing of the store
  std::vector<Tat> tats;             ///< the same

  bool till_enabled(std::string_view till) const noexcept;
  const BundleState* find_state(std::string_view state) const noexcept;
  /// Of a ticket that is made now; null when the bundle names none.
  const BundleState* initial_state(domain::TicketKind kind,
                                   const std::optional<domain::CategoryId>& category) const noexcept;
};

/// The bundle of one store as JSON: the same bytes for the same settings, version and store, so that a digest
/// of them serves as ETag. Error: unknown_store.
domain::Result<std::string> derive_bundle(const Settings& settings, std::int64_t version,
                                          std::string_view store);

/// Reads a bundle, with the checks of load_settings() where they apply. Members it does not know are ignored,
/// so that a newer server can add some. Never throws on input.
Loaded<Bundle> parse_bundle(std::string_view bytes);

}  // namespace ccms::settings
