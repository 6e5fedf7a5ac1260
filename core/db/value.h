#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ccms::db {

/// Bytes for a BLOB column, as opposed to text.
struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

/// One bound parameter: NULL, a 64-bit integer, a real, text (UTF-8) or bytes. Converts from the usual types,
/// so that parameters are written as a plain list: `{id, name, std::nullopt, db::Blob{bytes}}`.
class Value {
 public:
  using Storage = std::variant<std::nullptr_t, std::int64_t, double, std::string, Blob>;

  // Conversions are the purpose of this class.  NOLINTBEGIN(google-explicit-constructor)
  Value(std::nullptr_t = nullptr) {}
  Value(std::nullopt_t) {}
  template <std::integral T>
  Value(T number) : storage_(static_cast<std::int64_t>(number)) {}
  Value(double number) : storage_(number) {}
  Value(const char* text) : storage_(std::string(text)) {}
  Value(std::string_view text) : storage_(std::string(text)) {}
  Value(std::string text) : storage_(std::move(text)) {}
  Value(Blob blob) : storage_(std::move(blob)) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }
  // NOLINTEND(google-explicit-constructor)

  const Storage& storage() const noexcept { return storage_; }

 private:
  Storage storage_ = nullptr;
};

using Params = std::vector<Value>;

}  // namespace ccms::db
