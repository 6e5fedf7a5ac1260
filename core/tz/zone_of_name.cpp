#include "core/tz/zone_of_name.h"

#include <stdexcept>
#include <string>

namespace ccms::tz {

/// date-tz throws for an unknown name, and opens a file of that name, so odd names are kept away from it.
const date::time_zone* zone_of_name(std::string_view name) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  if (name.empty() || name.front() == '/' || name.find_first_not_of(kAllowed) != std::string_view::npos)
    return nullptr;
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

domain::Error unknown_zone(std::string_view name) {
  return {"unknown_time_zone", "The time zone \"" + std::string(name) + "\" is not known.", ""};
}

}  // namespace ccms::tz
