#pragma once

#include <string>
#include <vector>

#include "core/domain/ticket.h"
#include "core/settings/form_settings.h"

namespace ccms::settings {

/// A custom value as conditions compare it: option ids, "true" or "false", text as it is. Numbers and money
/// have no such value.
std::vector<std::string> condition_values(const domain::CustomValue& value);

/// Whether a form with these values shows the field.
bool is_visible(const Field& field, const domain::TicketContent& content);

}  // namespace ccms::settings
