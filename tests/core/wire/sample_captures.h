#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/domain/event.h"

namespace ccms::test {

/// A capture with every member there is.
domain::Capture sample_created();

/// Captures of every type, with and without their optional members, each under the name of its golden file.
std::vector<std::pair<std::string, domain::Capture>> sample_captures();

}  // namespace ccms::test
