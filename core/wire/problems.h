#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/domain/result.h"

namespace ccms::wire {

/// Errors found while reading JSON, in the order of the document. Bounded, so that a hostile document cannot
/// make us write a book about it.
class Problems {
 public:
  static constexpr std::size_t kLimit = 20;
  static constexpr std::size_t kFieldBytesLimit =
      256;  ///< longer pointers are cut: names are the sender's choice

  void add(std::string code, std::string message, std::string field);
  bool empty() const noexcept { return errors_.empty(); }
  std::size_t size() const noexcept { return errors_.size(); }
  bool full() const noexcept { return errors_.size() >= kLimit; }
  std::vector<domain::Error> take() && { return std::move(errors_); }

 private:
  std::vector<domain::Error> errors_;
};

/// What reading gave: a value, or at least one error with code, message and JSON pointer. Codes:
/// invalid_utf8, not_json, missing_field, unknown_field, wrong_type, too_long, bad_value, capture_too_large.
template <class T>
struct [[nodiscard]] Parsed {
  std::optional<T> value;             ///< present exactly when errors is empty
  std::vector<domain::Error> errors;  ///< at most Problems::kLimit

  bool ok() const noexcept { return value.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  const T& operator*() const { return value.value(); }
  const T* operator->() const { return &value.value(); }
};

/// An error as the JSON object that the interfaces call a problem: {"code","message","field"?}.
nlohmann::ordered_json to_json(const domain::Error& error);
nlohmann::ordered_json to_json(const std::vector<domain::Error>& errors);

}  // namespace ccms::wire
