#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "core/settings/loader.h"

/// The sample chain's settings for tests, as they are or with changes.
namespace ccms::settings::testing {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string sample_text() {
  return read_file(std::filesystem::path(CCMS_SAMPLE_CHAIN) / "settings.json");
}

inline const nlohmann::json& sample_json() {
  static const nlohmann::json kSample = nlohmann::json::parse(sample_text());
  return kSample;
}

/// Knows the zones that the sample uses.
inline LoadOptions sample_options() {
  LoadOptions options;
  options.time_zone_exists = [](std::string_view zone) {
    return zone == "Europe/Berlin" || zone == "Europe/London" || zone == "America/New_York";
  };
  return options;
}

/// The sample after a JSON Patch; throws when it does not load.
inline Settings sample_with(const nlohmann::json& patch) {
  Loaded<Settings> loaded = load_settings(sample_json().patch(patch).dump(), sample_options());
  if (!loaded.ok()) throw std::runtime_error(to_string(loaded.problems.front()));
  return *std::move(loaded.value);
}

inline const Settings& sample() {
  static const Settings kSample = sample_with(nlohmann::json::array());
  return kSample;
}

}  // namespace ccms::settings::testing
