#pragma once

#include <string>
#include <vector>

#include "core/settings/json_reader.h"
#include "core/settings/read_form_settings.h"
#include "core/settings/role_settings.h"
#include "core/settings/workflow_settings.h"

/// Reads the sections "states", "workflows" and "roles" of a settings document.
namespace ccms::settings {

std::vector<State> read_states(const Node& document, const Languages& languages);
std::vector<Workflow> read_workflows(const Node& document, const Languages& languages);
/// The standard roles when the chain has none of its own.
std::vector<Role> read_roles(const Node& document, const Languages& languages);

/// For which tickets a workflow is; left out: for all.
WorkflowChoice read_workflow_choice(const Node& workflow);

}  // namespace ccms::settings
