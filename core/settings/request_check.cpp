#include <cstdlib>
#include <set>

#include "core/domain/text.h"
#include "core/settings/calendar_date.h"
#include "core/settings/email_shape.h"
#include "core/settings/form.h"
#include "core/settings/problems.h"
#include "core/settings/visibility.h"

namespace ccms::settings {
namespace {

using domain::ComplainantKind;
using domain::CustomValue;
using domain::ProofKind;

/// One request against one version of the settings. Each check adds at most one error per field.
class RequestCheck {
 public:
  RequestCheck(const FormSettings& settings, const domain::TicketContent& content, Screen screen)
      : settings_(settings), content_(content), screen_(screen) {}

  std::vector<domain::Error> run() && {
    check_builtin_fields();
    check_custom_fields();
    check_complainant();
    check_proof();
    return std::move(errors_);
  }

 private:
  void add(const char* code, std::string field, std::string message) {
    errors_.push_back({code, std::move(message), std::move(field)});
  }
  void missing(std::string field) { add("missing_field", std::move(field), "must be filled in"); }
  void hidden(std::string field) { add("hidden_field", std::move(field), "this form does not ask for it"); }

  template <class List>
  void check_choice(const List& list, const std::string& id, const std::string& path) {
    const auto* choice = find_by_id(list, id);
    if (choice == nullptr) {
      add("unknown_option", path, "there is no option " + id);
    } else if (choice->retired) {
      add("retired_option", path, "the option " + id + " is no longer offered");
    }
  }

  template <class List, class Id>
  void check_requested(const RequestedField& field, const List& list, const std::optional<Id>& given,
                       const std::string& path) {
    if (!given) {
      if (field.required) missing(path);
    } else if (field.use == RequestUse::hidden) {
      hidden(path);
    } else {
      check_choice(list, given->str(), path);
    }
  }

  void check_builtin_fields() {
    const domain::TicketFields& ticket = content_.ticket;
    const BuiltinFields& builtin = settings_.builtin;
    check_requested(builtin.department, settings_.departments, ticket.department, "/ticket/department");
    check_requested(builtin.priority, settings_.priorities, ticket.priority, "/ticket/priority");
    check_category();
    check_text(ticket.details, true, domain::kLongTextLimit, "/ticket/details");
    if (ticket.outcome_sought && !builtin.outcome_sought_shown) hidden("/ticket/outcome_sought");
    if (ticket.consent_to_contact && !builtin.consent_to_contact_shown) hidden("/ticket/consent_to_contact");
    if (ticket.collect_at && find_by_id(settings_.stores, ticket.collect_at->str()) == nullptr) {
      add("unknown_option", "/ticket/collect_at", "there is no store " + ticket.collect_at->str());
    }
  }

  void check_category() {
    const std::string path = "/ticket/category";
    if (!content_.ticket.category) {
      if (settings_.builtin.category_required) missing(path);
      return;
    }
    const std::string& id = content_.ticket.category->str();
    const Category* category = find_by_id(settings_.categories, id);
    if (category != nullptr && !category->retired && !category->offered_for(content_.kind)) {
      add("bad_value", path, "not offered for this kind of ticket");
    } else {
      check_choice(settings_.categories, id, path);
    }
  }

  void check_text(const std::string& text, bool required, std::size_t limit, const std::string& path) {
    if (text.empty()) {
      if (required) missing(path);
    } else if (domain::count_code_points(text) > limit) {
      add("too_long", path, "has more than " + std::to_string(limit) + " characters");
    }
  }

  void check_custom_fields() {
    for (const auto& [id, value] : content_.ticket.custom) {
      const std::string path = join("/ticket/custom", id.str());
      const Field* field = settings_.find_field(id.str());
      if (field == nullptr) {
        add("unknown_field", path, "the settings have no such field");
      } else if (!asks_for(*field)) {
        hidden(path);
      } else {
        check_custom_value(*field, value, path);
      }
    }
    for (const Field& field : settings_.fields) {
      const bool given = content_.ticket.custom.contains(domain::FieldId(field.id));
      if (field.required && !given && asks_for(field)) missing(join("/ticket/custom", field.id));
    }
  }

  bool asks_for(const Field& field) const {
    return !field.retired && field.shown_at(screen_) && is_visible(field, content_);
  }

  void check_custom_value(const Field& field, const CustomValue& value, const std::string& path) {
    switch (field.type) {
      case FieldType::text:
      case FieldType::long_text:
        if (const auto* text = expect<std::string>(value, path)) {
          check_text(*text, field.required, field.length_limit(), path);
        }
        break;
      case FieldType::choice:
        if (const auto* option = expect<std::string>(value, path)) check_choice(field.options, *option, path);
        break;
      case FieldType::multiple_choice:
        if (const auto* options = expect<std::vector<std::string>>(value, path)) {
          check_options(field, *options, path);
        }
        break;
      case FieldType::number:
        if (const auto* number = expect<double>(value, path)) check_range(field, *number, path);
        break;
      case FieldType::money:
        if (const auto* money = expect<domain::Money>(value, path)) check_money(field, *money, path);
        break;
      case FieldType::date:
        if (const auto* date = expect<std::string>(value, path);
            date != nullptr && !is_calendar_date(*date)) {
          add("bad_value", path, "must be a date such as 2026-11-21");
        }
        break;
      case FieldType::yes_no:
        expect<bool>(value, path);
        break;
    }
  }

  template <class T>
  const T* expect(const CustomValue& value, const std::string& path) {
    const T* typed = std::get_if<T>(&value);
    if (typed == nullptr) add("wrong_type", path, "the field takes another type of value");
    return typed;
  }

  void check_options(const Field& field, const std::vector<std::string>& options, const std::string& path) {
    if (options.empty() && field.required) missing(path);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < options.size(); ++i) {
      check_choice(field.options, options[i], join(path, i));
      if (!seen.insert(options[i]).second) add("duplicate_value", join(path, i), "chosen twice");
    }
  }

  void check_money(const Field& field, const domain::Money& money, const std::string& path) {
    if (money.currency != settings_.currency) {
      add("bad_value", join(path, "currency"), "amounts are in " + settings_.currency);
    } else if (std::abs(money.amount) > domain::kMoneyLimit) {
      add("out_of_range", join(path, "amount"), "is too small or too large");
    } else {
      check_range(field, static_cast<double>(money.amount), join(path, "amount"));
    }
  }

  void check_range(const Field& field, double number, const std::string& path) {
    if ((field.min && number < *field.min) || (field.max && number > *field.max)) {
      add("out_of_range", path, "is too small or too large");
    }
  }

  void check_complainant() {
    const domain::Complainant& person = content_.complainant;
    const BuiltinFields& builtin = settings_.builtin;
    const bool anonymous = person.kind == ComplainantKind::anonymous;
    const bool organisation = person.kind == ComplainantKind::organisation;
    check_contact(person.name, !anonymous, builtin.name_required, domain::kNameLimit, "/complainant/name");
    check_contact(person.mobile, !anonymous, builtin.mobile_required, domain::kPhoneLimit,
                  "/complainant/mobile");
    check_contact(person.email, !anonymous, builtin.email_required, domain::kEmailLimit,
                  "/complainant/email");
    check_contact(person.organisation, organisation, true, domain::kNameLimit, "/complainant/organisation");
    if (!anonymous && person.email && !person.email->empty() && !has_email_shape(*person.email)) {
      add("bad_value", "/complainant/email", "must look like name@example.org");
    }
  }

  void check_contact(const std::optional<std::string>& text, bool asked, bool required, std::size_t limit,
                     const std::string& path) {
    if (!text) {
      if (asked && required) missing(path);
    } else if (!asked) {
      hidden(path);
    } else {
      check_text(*text, true, limit, path);
    }
  }

  void check_proof() {
    const domain::Proof& proof = content_.proof;
    if (proof.kind != ProofKind::none) {
      if (proof.reason) hidden("/proof/reason");
      if (!content_.transaction) missing("/transaction");
    } else if (!proof.reason) {
      missing("/proof/reason");
    } else {
      check_choice(settings_.no_proof_reasons, proof.reason->str(), "/proof/reason");
    }
  }

  const FormSettings& settings_;
  const domain::TicketContent& content_;
  Screen screen_;
  std::vector<domain::Error> errors_;
};

}  // namespace

std::vector<domain::Error> validate_request(const FormSettings& settings,
                                            const domain::TicketRequest& request, Screen screen) {
  return RequestCheck(settings, request.content, screen).run();
}

}  // namespace ccms::settings
