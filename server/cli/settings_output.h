#pragma once

#include <string>
#include <vector>

#include "core/settings/loader.h"
#include "server/settings/publication.h"

namespace ccms::server {

/// Whom versions that are published from here are published by.
inline constexpr const char* kCommandLineUser = "command line";

/// One problem a line on standard error, each after the name of what has it.
void print_problems(const std::vector<settings::Problem>& problems, const std::string& name);

/// "version 3" on standard output, or the problems; returns the exit code.
int report(const Publication& publication, const std::string& name);

}  // namespace ccms::server
