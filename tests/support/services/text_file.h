#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace ccms::test {

// The whole file, byte for byte; empty when there is none.
std::string read_text(const std::filesystem::path& file);

// Its last lines, for a message about a program that did not do as it should.
std::string last_lines(const std::filesystem::path& file, std::size_t lines = 25);

}  // namespace ccms::test
