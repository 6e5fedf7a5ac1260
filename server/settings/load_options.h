#pragma once

#include "core/settings/loader.h"

namespace ccms::server {

/// The loader's options on a machine with the system's time zones.
settings::LoadOptions settings_load_options();

/// The same for a document that was published.
settings::LoadOptions published_load_options();

}  // namespace ccms::server
