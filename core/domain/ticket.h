#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/domain/actor.h"
#include "core/domain/complainant.h"
#include "core/domain/enum_text.h"
#include "core/domain/ids.h"
#include "core/domain/money.h"
#include "core/domain/settlement.h"
#include "core/domain/transaction.h"
#include "core/domain/verification.h"

namespace ccms::domain {

enum class TicketKind { complaint, suggestion, service, task };

template <>
inline constexpr std::array kEnumNames<TicketKind> = {
    EnumName<TicketKind>{TicketKind::complaint, "complaint"},
    EnumName<TicketKind>{TicketKind::suggestion, "suggestion"},
    EnumName<TicketKind>{TicketKind::service, "service"},
    EnumName<TicketKind>{TicketKind::task, "task"},
};

enum class Channel { till, console, portal, email };

template <>
inline constexpr std::array kEnumNames<Channel> = {
    EnumName<Channel>{Channel::till, "till"},
    EnumName<Channel>{Channel::console, "console"},
    EnumName<Channel>{Channel::portal, "portal"},
    EnumName<Channel>{Channel::email, "email"},
};

/// What code may switch on; the names of states are the chain's own.
enum class StateType { new_, open, in_progress, pending, resolved, closed, invalid };

template <>
inline constexpr std::array kEnumNames<StateType> = {
    EnumName<StateType>{StateType::new_, "new"},
    EnumName<StateType>{StateType::open, "open"},
    EnumName<StateType>{StateType::in_progress, "in_progress"},
    EnumName<StateType>{StateType::pending, "pending"},
    EnumName<StateType>{StateType::resolved, "resolved"},
    EnumName<StateType>{StateType::closed, "closed"},
    EnumName<StateType>{StateType::invalid, "invalid"},
};

enum class OutcomeSought { refund, exchange, repair, apology, information, other };

template <>
inline constexpr std::array kEnumNames<OutcomeSought> = {
    EnumName<OutcomeSought>{OutcomeSought::refund, "refund"},
    EnumName<OutcomeSought>{OutcomeSought::exchange, "exchange"},
    EnumName<OutcomeSought>{OutcomeSought::repair, "repair"},
    EnumName<OutcomeSought>{OutcomeSought::apology, "apology"},
    EnumName<OutcomeSought>{OutcomeSought::information, "information"},
    EnumName<OutcomeSought>{OutcomeSought::other, "other"},
};

/// Value of a field that the chain configured. Dates and choices are texts; several choices are a list.
using CustomValue = std::variant<std::string, double, bool, std::vector<std::string>, Money>;
using CustomValues = std::map<FieldId, CustomValue>;

/// Magnitude of a custom number; whole numbers up to here are exact.
inline constexpr double kCustomNumberLimit = 1e15;
inline constexpr std::size_t kCustomFieldsLimit = 100;
inline constexpr std::size_t kCustomChoicesLimit = 50;

/// The built-in and the configured fields of a ticket, as the clerk or staff member asks for them.
struct TicketFields {
  std::optional<DepartmentId> department;
  std::optional<PriorityId> priority;
  std::optional<CategoryId> category;
  std::string details;
  std::optional<OutcomeSought> outcome_sought;
  bool consent_to_contact = false;
  bool confidential = false;
  std::optional<StoreId> collect_at;
  CustomValues custom;

  bool operator==(const TicketFields&) const = default;
};

/// A change to something optional: absent = leave it, empty inside = remove it, a value = replace it.
template <class T>
using Change = std::optional<std::optional<T>>;

/// Changes to TicketFields: what is present replaces; custom values merge key by key, nothing removes a key.
struct TicketChanges {
  Change<DepartmentId> department;
  Change<PriorityId> priority;
  Change<CategoryId> category;
  std::optional<std::string> details;
  Change<OutcomeSought> outcome_sought;
  std::optional<bool> consent_to_contact;
  std::optional<bool> confidential;
  Change<StoreId> collect_at;
  std::map<FieldId, std::optional<CustomValue>> custom;

  bool operator==(const TicketChanges&) const = default;
};

/// What a ticket says: the same for a request, the `created` event, and the ticket after amendments.
struct TicketContent {
  TicketKind kind = TicketKind::complaint;
  std::string language;  ///< BCP 47 tag such as "en" or "pt-BR"
  TicketFields ticket;
  Complainant complainant;
  std::optional<Customer> customer;
  std::optional<Transaction> transaction;
  Proof proof;

  bool operator==(const TicketContent&) const = default;
};

/// An amendment of a ticket's content. Complainant, customer and transaction are replaced as a whole.
struct ContentChanges {
  TicketChanges ticket;
  std::optional<Complainant> complainant;
  Change<Customer> customer;
  Change<Transaction> transaction;

  bool empty() const { return *this == ContentChanges{}; }
  bool operator==(const ContentChanges&) const = default;
};

void apply(const TicketChanges& changes, TicketFields& fields);
void apply(const ContentChanges& changes, TicketContent& content);

/// What somebody sends to have a ticket made.
struct TicketRequest {
  std::optional<FormId> form_id;  ///< always there from a till
  bool accept_duplicate = false;
  std::optional<Clerk> clerk;    ///< always there from a till, never from the API
  std::optional<StoreId> store;  ///< API only: the store it is reported at
  TicketContent content;
  std::optional<Settled> settlement;  ///< till only: the customer was helped on the spot

  bool operator==(const TicketRequest&) const = default;
};

/// What routing rules look at.
struct TicketFacts {
  TicketKind kind = TicketKind::complaint;
  StoreId store;         ///< where it was reported
  std::string language;  ///< of the customer
  std::optional<CategoryId> category;
  std::optional<PriorityId> priority;  ///< as requested
  std::optional<DepartmentId> requested_department;
  std::optional<Money> amount;  ///< see transaction_value
  CustomValues custom;
  std::string details;
  std::optional<Channel> channel;            ///< known to the server alone, as the next one
  std::optional<Verification> verification;  ///< the outcome so far

  bool operator==(const TicketFacts&) const = default;
};

TicketFacts facts_of(const TicketContent& content, const StoreId& reported_at);

/// Replaces payment card numbers (card_redaction.h) in everything that people typed: details, names, e-mail
/// addresses, custom texts, the clerk's name. Mobile numbers, identifiers and receipts stay: they are looked
/// up by. Valid UTF-8 alone.
void redact_card_numbers(TicketContent& content);
void redact_card_numbers(ContentChanges& changes);

}  // namespace ccms::domain
