#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/ids.h"

namespace ccms::domain {

enum class ComplainantKind { member, contact, anonymous, organisation };

template <>
inline constexpr std::array kEnumNames<ComplainantKind> = {
    EnumName<ComplainantKind>{ComplainantKind::member, "member"},
    EnumName<ComplainantKind>{ComplainantKind::contact, "contact"},
    EnumName<ComplainantKind>{ComplainantKind::anonymous, "anonymous"},
    EnumName<ComplainantKind>{ComplainantKind::organisation, "organisation"},
};

/// Who complains; not necessarily who bought.
struct Complainant {
  ComplainantKind kind = ComplainantKind::anonymous;
  std::optional<std::string> name;
  std::optional<std::string> mobile;  ///< as typed; the server normalises
  std::optional<std::string> email;
  std::optional<std::string> organisation;

  bool operator==(const Complainant&) const = default;
};

enum class IdentifierType { mobile, card, account, email };

template <>
inline constexpr std::array kEnumNames<IdentifierType> = {
    EnumName<IdentifierType>{IdentifierType::mobile, "mobile"},
    EnumName<IdentifierType>{IdentifierType::card, "card"},
    EnumName<IdentifierType>{IdentifierType::account, "account"},
    EnumName<IdentifierType>{IdentifierType::email, "email"},
};

/// What a customer may be found by. `card` is the loyalty card, never a payment card.
struct CustomerIdentifier {
  IdentifierType type = IdentifierType::mobile;
  std::string value;

  bool operator==(const CustomerIdentifier&) const = default;
};

/// The buyer or loyalty member, as the till knew them.
struct Customer {
  std::optional<CustomerId> id;
  std::optional<std::string> name;
  std::vector<CustomerIdentifier> identifiers;

  bool operator==(const Customer&) const = default;
};

enum class ProofKind { looked_up, typed, none };

template <>
inline constexpr std::array kEnumNames<ProofKind> = {
    EnumName<ProofKind>{ProofKind::looked_up, "looked_up"},
    EnumName<ProofKind>{ProofKind::typed, "typed"},
    EnumName<ProofKind>{ProofKind::none, "none"},
};

/// How the purchase is shown: from the host's data, typed from a receipt, or not at all, for a reason.
struct Proof {
  ProofKind kind = ProofKind::none;
  std::optional<ReasonId> reason;  ///< present when kind is none

  bool operator==(const Proof&) const = default;
};

}  // namespace ccms::domain
