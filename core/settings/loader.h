#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/result.h"
#include "core/settings/settings.h"

namespace ccms::settings {

/// One thing that is wrong with a document. `error.field` is the JSON pointer; `value` the offending value as
/// compact JSON, shortened to some 100 bytes, empty when something is missing.
struct Problem {
  domain::Error error;
  std::string value;
};

/// "/routing/rules/3/department: "repair": unknown department (unknown_reference)"
std::string to_string(const Problem& problem);

/// Either a value, or at least one problem.
template <class T>
struct Loaded {
  std::optional<T> value;
  std::vector<Problem> problems;  ///< in the order of the document's checks; empty when value is there
  bool more_problems = false;     ///< there were more than were asked for

  bool ok() const noexcept { return value.has_value(); }
};

struct LoadOptions {
  /// Knows whether a time zone exists. core/settings does no I/O, so without it only the spelling is checked.
  std::function<bool(std::string_view)> time_zone_exists;
  std::size_t max_problems = 100;
  /// It was found good and published, perhaps by an earlier program: rules that came later do not hold it up.
  bool is_published = false;
};

/// Largest document that is looked at, in bytes.
inline constexpr std::size_t kMaxSettingsBytes = 8U * 1024U * 1024U;

/// Loads and checks one settings document: encoding, JSON (no duplicate keys), schema, references. Never
/// throws on input; all problems of the first stage that has any are reported.
Loaded<Settings> load_settings(std::string_view document, const LoadOptions& options = {});

/// The JSON Schema (draft 7) that load_settings() validates against, as shipped in settings/schema.
std::string_view settings_schema() noexcept;

}  // namespace ccms::settings
