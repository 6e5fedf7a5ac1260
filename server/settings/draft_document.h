#pragma once

#include <string_view>
#include <vector>

#include "core/settings/loader.h"

namespace ccms::server {

/// What keeps a document from being saved as a draft: that it is not one JSON object which everybody reads
/// alike (UTF-8 without byte order mark, no member twice, no control characters, not too large or deep).
/// Whatever else is wrong with it may be mended later. Empty when it can be saved.
std::vector<settings::Problem> problems_of_draft(std::string_view document);

}  // namespace ccms::server
