#pragma once

#include <array>
#include <string>

#include "core/domain/enum_text.h"

namespace ccms::domain {

/// The person at the till, named in each call because shifts change.
struct Clerk {
  std::string id;
  std::string name;

  bool operator==(const Clerk&) const = default;
};

/// Who did something to a ticket.
enum class ActorType { clerk, staff, customer, system, till, client };

template <>
inline constexpr std::array kEnumNames<ActorType> = {
    EnumName<ActorType>{ActorType::clerk, "clerk"},       EnumName<ActorType>{ActorType::staff, "staff"},
    EnumName<ActorType>{ActorType::customer, "customer"}, EnumName<ActorType>{ActorType::system, "system"},
    EnumName<ActorType>{ActorType::till, "till"},         EnumName<ActorType>{ActorType::client, "client"},
};

struct Actor {
  ActorType type = ActorType::system;
  std::string id;
  std::string name;

  bool operator==(const Actor&) const = default;
};

}  // namespace ccms::domain
