#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace ccms::test {

/// What a command said, line break and all.
struct Said {
  int exit_code = 0;
  std::string out, err;
};

inline Said run(const std::function<int()>& command) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int exit_code = command();
  return {exit_code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

}  // namespace ccms::test
