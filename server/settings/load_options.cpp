#include "server/settings/load_options.h"

#include "core/tz/tz.h"

namespace ccms::server {

settings::LoadOptions settings_load_options() {
  settings::LoadOptions options;
  options.time_zone_exists = [](std::string_view zone) { return tz::is_time_zone(zone); };
  return options;
}

settings::LoadOptions published_load_options() {
  auto options = settings_load_options();
  options.is_published = true;
  return options;
}

}  // namespace ccms::server
