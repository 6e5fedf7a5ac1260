#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "tests/support/services/child_process.h"

namespace ccms::test {

// Waits until a service that was just started answers. Throws std::runtime_error with the end of its log when
// it ends or the time is up first.
void await_startup(ChildProcess& process, const std::string& name, const std::filesystem::path& log,
                   const std::function<bool()>& answers,
                   std::chrono::milliseconds timeout = std::chrono::seconds(30));

}  // namespace ccms::test
