#include "tests/support/services/run_program.h"

#include <stdexcept>
#include <utility>

#include "tests/support/services/temp_folder.h"
#include "tests/support/services/text_file.h"

namespace ccms::test {

ProgramResult run_program(ChildOptions options, std::chrono::milliseconds timeout) {
  const TempFolder folder;
  options.output = folder.path() / "output";
  ChildProcess process(options);
  const std::optional<int> exit_code = process.wait_exit(timeout);
  if (!exit_code) {
    throw std::runtime_error(options.command.at(0) + " did not end in time:\n" + last_lines(options.output));
  }
  return {*exit_code, read_text(options.output)};
}

std::string run_successfully(ChildOptions options, std::chrono::milliseconds timeout) {
  const std::string name = options.command.at(0);
  ProgramResult result = run_program(std::move(options), timeout);
  if (result.exit_code != 0) {
    throw std::runtime_error(name + " failed with " + std::to_string(result.exit_code) + ":\n" +
                             result.output);
  }
  return std::move(result.output);
}

}  // namespace ccms::test
