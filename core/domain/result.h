#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace ccms::domain {

/// An expected failure that somebody must be told about. `code` is stable and snake_case (`unknown_field`),
/// `message` is for people, `field` is a JSON pointer to the offending value ("/fields/serial") or empty.
struct Error {
  std::string code;
  std::string message;
  std::string field;

  bool operator==(const Error&) const = default;
};

/// Either a value or an Error. Asking for the one that is not there is a programming error and throws
/// std::logic_error.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  const T& value() const& { return require(), std::get<0>(state_); }
  T& value() & { return require(), std::get<0>(state_); }
  T&& value() && { return require(), std::get<0>(std::move(state_)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const& {
    if (ok()) throw std::logic_error("Result holds a value, not an error");
    return std::get<1>(state_);
  }

 private:
  void require() const {
    if (!ok()) throw std::logic_error("Result holds an error: " + std::get<1>(state_).message);
  }

  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return ok(); }
  const Error& error() const& {
    if (ok()) throw std::logic_error("Result holds no error");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace ccms::domain
