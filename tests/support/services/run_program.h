#pragma once

#include <chrono>
#include <string>

#include "tests/support/services/child_process.h"

namespace ccms::test {

struct ProgramResult {
  int exit_code = 0;   // as ChildProcess::wait_exit
  std::string output;  // stdout and stderr, in the order written
};

// Runs a program to its end; options.output is chosen here. Throws std::runtime_error, with what the program
// said, when it takes longer than the time given.
ProgramResult run_program(ChildOptions options, std::chrono::milliseconds timeout = std::chrono::seconds(60));

// The same for a program that must succeed: throws with what it said when its exit code is not 0.
std::string run_successfully(ChildOptions options,
                             std::chrono::milliseconds timeout = std::chrono::seconds(60));

}  // namespace ccms::test
