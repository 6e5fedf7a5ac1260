#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace ccms::test {

/// A role as the settings of the sample chain have it, named by its id in both languages.
inline nlohmann::json role_json(const std::string& id, const std::string& scope,
                                const nlohmann::json& permissions) {
  return {{"id", id}, {"name", {{"en", id}, {"de", id}}}, {"scope", scope}, {"permissions", permissions}};
}

}  // namespace ccms::test
