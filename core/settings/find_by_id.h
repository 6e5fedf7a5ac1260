#pragma once

#include <string_view>

namespace ccms::settings {

/// The element of `list` with this id, or null. `list` holds Choices, Departments, Stores … anything with
/// `id`.
template <class List>
const typename List::value_type* find_by_id(const List& list, std::string_view id) noexcept {
  for (const auto& element : list) {
    if (element.id == id) return &element;
  }
  return nullptr;
}

}  // namespace ccms::settings
