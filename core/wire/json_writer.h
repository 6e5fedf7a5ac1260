#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/domain/enum_text.h"
#include "core/domain/ids.h"
#include "core/domain/ticket_code.h"
#include "core/domain/time.h"
#include "core/wire/problems.h"
#include "core/wire/ticket_json.h"

// Writing types as JSON: one to_json per type, and ObjectWriter, which leaves out what is absent.

namespace ccms::wire {

inline nlohmann::ordered_json to_json(const std::string& text) { return text; }
inline nlohmann::ordered_json to_json(const domain::TicketCode& code) { return code.str(); }
inline nlohmann::ordered_json to_json(domain::Instant instant) { return domain::format_rfc3339(instant); }
inline nlohmann::ordered_json to_json(const domain::Quantity& quantity) { return quantity.str(); }

template <class Tag>
nlohmann::ordered_json to_json(const domain::Id<Tag>& id) {
  return id.str();
}

template <std::integral T>
nlohmann::ordered_json to_json(T value) {
  return value;
}

template <class E>
requires std::is_enum_v<E> nlohmann::ordered_json to_json(E value) {
  return std::string(domain::to_text(value));
}

/// null for what is absent; ObjectWriter leaves absent members out instead.
template <class T>
nlohmann::ordered_json to_json(const std::optional<T>& value) {
  return value ? to_json(*value) : nlohmann::ordered_json();
}

template <class T>
nlohmann::ordered_json to_json(const std::vector<T>& values) {
  auto json = nlohmann::ordered_json::array();
  for (const T& value : values) json.push_back(to_json(value));
  return json;
}

/// Puts members in the order of the calls. Each name is put once: nobody looks for an earlier one.
class ObjectWriter {
 public:
  /// `members`: as many as are put at the most. An ordered object that grows copies its members, as their
  /// names are const.
  explicit ObjectWriter(std::size_t members = kUsualMembers) { members_.reserve(members); }

  template <class T>
  ObjectWriter& put(const char* name, const T& value) {
    return put(name, to_json(value));
  }

  ObjectWriter& put(const char* name, nlohmann::ordered_json value) {
    members_.emplace_back(name, std::move(value));
    return *this;
  }

  template <class T>
  ObjectWriter& put(const char* name, const std::optional<T>& value) {
    return value ? put(name, to_json(*value)) : *this;
  }

  nlohmann::ordered_json take() { return std::move(members_); }

 private:
  static constexpr std::size_t kUsualMembers = 16;

  nlohmann::ordered_json::object_t members_;
};

}  // namespace ccms::wire
