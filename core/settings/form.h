#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "core/domain/result.h"
#include "core/domain/ticket.h"
#include "core/settings/form_settings.h"

namespace ccms::settings {

/// A form that react-jsonschema-form, or any host with a form library, can show.
/// Returns {"schema": JSON Schema draft-7 of the editable part of a ticket request, "ui_schema": {…}}.
/// `kind` is the kind that is preselected; an unknown language falls back to the chain's own.
nlohmann::json form_schema(const FormSettings& settings, Screen screen, std::string_view language,
                           domain::TicketKind kind = domain::TicketKind::complaint);

/// The search form of a screen: {"schema", "ui_schema"}; the result is the request of find_tickets. `states`
/// are those of the workflow or bundle, id and label.
nlohmann::json filters_schema(const FormSettings& settings, const std::vector<Choice>& states, Screen screen,
                              std::string_view language);

/// What is wrong with a request, by the settings version that the request was made under; empty when nothing
/// is. `field` points into the request (contract §1): "/ticket/custom/serial_number". A request that passes
/// is one that form_schema() of the same screen accepts, and the reverse. Codes: missing_field,
/// unknown_field, wrong_type, too_long, bad_value, unknown_option, retired_option, hidden_field.
std::vector<domain::Error> validate_request(const FormSettings& settings,
                                            const domain::TicketRequest& request, Screen screen);

}  // namespace ccms::settings
