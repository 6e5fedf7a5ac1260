#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/settings/loader.h"

namespace ccms::settings {

/// Collects what is wrong with one document, up to a limit.
class Problems {
 public:
  explicit Problems(std::size_t limit) : limit_(limit) {}

  void add(std::string path, std::string code, std::string message);
  bool empty() const noexcept { return found_.empty(); }

  /// Notes the offending value of each problem that has none yet.
  void take_values_from(const nlohmann::json& document);

  /// The end of loading: the value when nothing is wrong, else the problems.
  template <class T>
  Loaded<T> finish(T value) && {
    Loaded<T> loaded;
    if (found_.empty()) {
      loaded.value = std::move(value);
    } else {
      loaded.problems = std::move(found_);
      loaded.more_problems = overflow_;
    }
    return loaded;
  }

 private:
  std::size_t limit_;
  bool overflow_ = false;
  std::vector<Problem> found_;
};

/// `path` and one more step, escaped as RFC 6901 wants.
std::string join(std::string_view path, std::string_view member);
std::string join(std::string_view path, std::size_t index);

}  // namespace ccms::settings
