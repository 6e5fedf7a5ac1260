#pragma once

#include <cstdint>
#include <string>

namespace ccms::test {

/// The settings bundle of store S001 of the sample chain, as the server would derive it.
std::string sample_bundle(std::int64_t version = 1);

}  // namespace ccms::test
