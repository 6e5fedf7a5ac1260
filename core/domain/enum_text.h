#pragma once

#include <optional>
#include <stdexcept>
#include <string_view>

namespace ccms::domain {

/// One value of an enumeration and the word that JSON, SQL and the screens use for it.
template <class E>
struct EnumName {
  E value;
  std::string_view name;
};

/// The table of an enumeration's names: an array of EnumName<E>, specialised next to each enumeration.
template <class E>
inline constexpr int kEnumNames = 0;

/// The word for a value. A value outside the enumeration is a programming error and throws std::logic_error.
template <class E>
constexpr std::string_view to_text(E value) {
  for (const auto& entry : kEnumNames<E>) {
    if (entry.value == value) return entry.name;
  }
  throw std::logic_error("value outside its enumeration");
}

/// The value for a word, exactly as written; nothing when the word is unknown.
template <class E>
constexpr std::optional<E> from_text(std::string_view name) {
  for (const auto& entry : kEnumNames<E>) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

}  // namespace ccms::domain
