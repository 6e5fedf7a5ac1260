#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ccms::phone {

/// The number in E.164 ("+4915112345678"), or nothing when it is not a valid number of any region. Numbers
/// without a country code are read as people in `default_region` ("DE") write them. Loads libphonenumber's
/// metadata on first use (about 40 MB): for the server alone. Any thread.
std::optional<std::string> normalise(std::string_view number, std::string_view default_region);

}  // namespace ccms::phone
