#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/remedy.h"
#include "core/domain/ticket.h"
#include "core/settings/find_by_id.h"
#include "core/settings/text.h"

namespace ccms::settings {

enum class Screen { till, console };

/// Something a person picks from a list. Retired ones stay readable on old tickets and are not offered.
struct Choice {
  std::string id;
  Text label;
  bool retired = false;
};

struct Priority : Choice {
  int rank = 0;  ///< the higher, the more urgent
};

struct Category : Choice {
  bool confidential = false;              ///< makes the ticket confidential without the clerk asking for it
  std::vector<domain::TicketKind> kinds;  ///< empty: every kind

  bool offered_for(domain::TicketKind kind) const noexcept;
};

enum class FieldType { text, long_text, choice, multiple_choice, number, money, date, yes_no };

/// A field is shown while `field` has one of the values `in`.
struct VisibleWhen {
  std::string field;            ///< "kind", "category" or the id of a choice, multiple-choice or yes/no field
  std::vector<std::string> in;  ///< option ids; "true" and "false" for a yes/no field
};

/// A field that the chain configured; its value lives in the ticket's `custom` under `id`.
/// Values: text, long_text, choice, date ("2026-11-21") are strings; multiple_choice an array of option ids;
/// number a JSON number; money {"amount": minor units, "currency": the chain's}; yes_no a boolean.
struct Field {
  std::string id;
  FieldType type = FieldType::text;
  Text label;
  Text help;  ///< may be empty
  bool required = false;
  std::optional<std::size_t> max_length;  ///< code points; the type's own limit when absent
  std::optional<double> min;              ///< number; money in minor units
  std::optional<double> max;
  std::vector<Choice> options;
  std::string workflow;  ///< id; the field is for its tickets alone. Empty: for all
  std::optional<VisibleWhen> visible_when;
  bool at_till = false;
  bool at_console = false;
  bool searchable = false;
  bool retired = false;

  bool shown_at(Screen screen) const noexcept { return screen == Screen::till ? at_till : at_console; }
  std::size_t length_limit() const noexcept;
  const Choice* find_option(std::string_view option) const noexcept;
};

/// What becomes of the department or priority that the clerk asks for.
enum class RequestUse { binding, proposal, hidden };

struct RequestedField {
  RequestUse use = RequestUse::proposal;
  bool required = false;
};

struct BuiltinFields {
  RequestedField department;
  RequestedField priority;
  bool category_required = false;
  bool mobile_required = false;  ///< of a complainant who is not anonymous; so are email and name
  bool email_required = false;
  bool name_required = false;
  bool outcome_sought_shown = true;
  bool consent_to_contact_shown = true;
};

/// What a counter may give to a customer; amounts in minor units of the chain's currency.
struct RemedyRule {
  domain::RemedyKind kind = domain::RemedyKind::other;
  std::optional<std::int64_t> approval_above;  ///< more than this takes somebody else's word
  std::optional<std::int64_t> at_most;
};

struct StoreName {
  std::string id;
  std::string name;
};

/// Everything a ticket's form and its check need. The whole document and a store's bundle both hold one, so
/// plugin and server apply the same rules.
struct FormSettings {
  std::vector<std::string> languages;  ///< the first one is the chain's own
  std::string currency;                ///< ISO 4217
  std::vector<Choice> departments;
  std::vector<Priority> priorities;
  std::vector<Category> categories;
  std::vector<Field> fields;
  BuiltinFields builtin;
  std::map<Screen, std::vector<std::string>> search_filters;
  std::vector<Choice> no_proof_reasons;
  std::vector<Choice> withdrawal_reasons;
  std::vector<Choice> goods_conditions;
  std::vector<RemedyRule> remedies;                 ///< none: every kind, without limits
  std::vector<StoreName> stores;                    ///< where goods can be collected
  std::map<std::string, Text, std::less<>> labels;  ///< titles that replace CCMS's own, see form_labels.h

  const Field* find_field(std::string_view id) const noexcept;
};

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::Screen> = {
    EnumName<settings::Screen>{settings::Screen::till, "till"},
    EnumName<settings::Screen>{settings::Screen::console, "console"},
};

template <>
inline constexpr std::array kEnumNames<settings::FieldType> = {
    EnumName<settings::FieldType>{settings::FieldType::text, "text"},
    EnumName<settings::FieldType>{settings::FieldType::long_text, "long_text"},
    EnumName<settings::FieldType>{settings::FieldType::choice, "choice"},
    EnumName<settings::FieldType>{settings::FieldType::multiple_choice, "multiple_choice"},
    EnumName<settings::FieldType>{settings::FieldType::number, "number"},
    EnumName<settings::FieldType>{settings::FieldType::money, "money"},
    EnumName<settings::FieldType>{settings::FieldType::date, "date"},
    EnumName<settings::FieldType>{settings::FieldType::yes_no, "yes_no"},
};

template <>
inline constexpr std::array kEnumNames<settings::RequestUse> = {
    EnumName<settings::RequestUse>{settings::RequestUse::binding, "binding"},
    EnumName<settings::RequestUse>{settings::RequestUse::proposal, "proposal"},
    EnumName<settings::RequestUse>{settings::RequestUse::hidden, "hidden"},
};

}  // namespace ccms::domain
