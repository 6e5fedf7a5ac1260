#pragma once

#include <string>
#include <vector>

#include "core/settings/form_settings.h"
#include "core/settings/json_reader.h"

namespace ccms::settings {

using Languages = std::vector<std::string>;

/// The parts that the document and a store's bundle write alike.
Choice read_choice(const Node& node, const Languages& languages, std::string_view label = "label");
std::vector<Choice> read_choices(const Node& node, const Languages& languages,
                                 std::string_view label = "label");
void read_shared_form_settings(const Node& node, FormSettings& settings);

}  // namespace ccms::settings
