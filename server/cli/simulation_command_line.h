#pragma once

#include <functional>
#include <memory>

#include "server/app/config.h"

namespace CLI {
class App;
}

namespace ccms::server {

/// What `simulate` was given; lives as long as the parser, which writes into it.
struct SimulationArguments;

/// Adds `simulate` and `simulate replay` to the program, as describe_settings() does.
std::shared_ptr<SimulationArguments> describe_simulation(CLI::App& app,
                                                         std::function<int(const Config&)>& chosen);

}  // namespace ccms::server
