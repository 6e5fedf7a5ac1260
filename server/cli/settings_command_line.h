#pragma once

#include <functional>
#include <memory>

#include "server/app/config.h"

namespace CLI {
class App;
}

namespace ccms::server {

/// What the settings commands were given; lives as long as the parser, which writes into it.
struct SettingsArguments;

/// Adds `settings …` to the program. When one of its commands was typed, the parser puts it into `chosen`;
/// `chosen` outlives the parsing, and the answer outlives both.
std::shared_ptr<SettingsArguments> describe_settings(CLI::App& app,
                                                     std::function<int(const Config&)>& chosen);

}  // namespace ccms::server
