#include <algorithm>
#include <array>

#include "core/domain/text.h"
#include "core/domain/ticket.h"
#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

/// Names that a condition or a filter gives to CCMS's own fields.
constexpr std::array<std::string_view, 13> kReserved = {
    "kind", "category", "department", "priority", "status",       "created", "customer_number",
    "code", "store",    "assignee",   "details",  "verification", "text"};

bool has_options(FieldType type) { return type == FieldType::choice || type == FieldType::multiple_choice; }
bool has_length(FieldType type) { return type == FieldType::text || type == FieldType::long_text; }
bool has_range(FieldType type) { return type == FieldType::number || type == FieldType::money; }

class FieldCheck {
 public:
  FieldCheck(const FormSettings& settings, Problems& problems) : settings_(settings), problems_(problems) {}

  void check(const Field& field, const std::string& path) const {
    if (std::find(kReserved.begin(), kReserved.end(), field.id) != kReserved.end()) {
      problems_.add(join(path, "id"), "reserved_id", "this name belongs to one of CCMS's own fields");
    }
    check_options(field, join(path, "options"));
    check_limits(field, path);
    if (field.visible_when) check_visible_when(field, join(path, "visible_when"));
  }

 private:
  void check_options(const Field& field, const std::string& path) const {
    if (!has_options(field.type)) {
      if (!field.options.empty()) problems_.add(path, "contradiction", "only a choice has options");
      return;
    }
    if (field.options.empty()) {
      problems_.add(path, "missing_field", "a choice needs options");
      return;
    }
    check_unique_ids(field.options, path, problems_);
    check_some_current(field.options, path, problems_);
    if (field.type == FieldType::multiple_choice && field.options.size() > domain::kCustomChoicesLimit) {
      problems_.add(path, "too_many", "a multiple choice has at most 50 options");
    }
  }

  void check_limits(const Field& field, const std::string& path) const {
    if (field.max_length && !has_length(field.type)) {
      problems_.add(join(path, "max_length"), "contradiction", "only text has a length");
    } else if (field.max_length && *field.max_length > field.length_limit()) {
      problems_.add(join(path, "max_length"), "out_of_range",
                    "longer than its type allows; use long_text for more than 200 characters");
    }
    check_bound(field, field.min, join(path, "min"));
    check_bound(field, field.max, join(path, "max"));
    if (field.min && field.max && *field.min > *field.max) {
      problems_.add(join(path, "min"), "contradiction", "min is larger than max");
    }
  }

  void check_bound(const Field& field, std::optional<double> bound, const std::string& path) const {
    if (!bound) return;
    if (!has_range(field.type)) {
      problems_.add(path, "contradiction", "only number and money have a range");
    } else if (field.type == FieldType::money &&
               *bound != static_cast<double>(static_cast<std::int64_t>(*bound))) {
      problems_.add(path, "bad_value", "money is a whole number of minor units");
    }
  }

  void check_visible_when(const Field& field, const std::string& path) const {
    const VisibleWhen& when = *field.visible_when;
    const std::string values = join(path, "in");
    if (when.field == "category") {
      check_references(settings_.categories, when.in, values, "category", problems_);
    } else if (when.field == "kind") {
      check_values(when.in, values, [](const std::string& value) {
        return domain::from_text<domain::TicketKind>(value).has_value();
      });
    } else if (const Field* other = settings_.find_field(when.field)) {
      check_controlling_field(field, *other, path);
    } else {
      problems_.add(join(path, "field"), "unknown_reference", "neither kind, category nor a field");
    }
  }

  void check_controlling_field(const Field& field, const Field& other, const std::string& path) const {
    const std::string at = join(path, "field");
    if (other.type == FieldType::yes_no) {
      check_values(field.visible_when->in, join(path, "in"),
                   [](const std::string& value) { return value == "true" || value == "false"; });
    } else if (has_options(other.type)) {
      check_references(other.options, field.visible_when->in, join(path, "in"), "option", problems_);
    } else {
      problems_.add(at, "bad_value", "only kind, category, choices and yes_no fields can show another field");
    }
    if (other.retired && !field.retired) problems_.add(at, "retired_reference", "this field is retired");
    if ((field.at_till && !other.at_till) || (field.at_console && !other.at_console)) {
      problems_.add(at, "not_shown", "this field is not shown wherever the one that depends on it is");
    }
    if (depends_on_itself(field)) problems_.add(at, "cycle", "the fields' conditions go round in a circle");
  }

  template <class Allowed>
  void check_values(const std::vector<std::string>& values, const std::string& path, Allowed allowed) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!allowed(values[i])) problems_.add(join(path, i), "bad_value", "the field never has this value");
    }
  }

  bool depends_on_itself(const Field& start) const {
    const Field* field = &start;
    for (std::size_t steps = 0; steps <= settings_.fields.size(); ++steps) {
      if (!field->visible_when) return false;
      field = settings_.find_field(field->visible_when->field);
      if (field == nullptr) return false;
      if (field == &start) return true;
    }
    return false;  // runs into a circle further on, which is reported there
  }

  const FormSettings& settings_;
  Problems& problems_;
};

}  // namespace

void check_fields(const FormSettings& settings, Problems& problems) {
  check_unique_ids(settings.fields, "/fields", problems);
  const FieldCheck check(settings, problems);
  for (std::size_t i = 0; i < settings.fields.size(); ++i)
    check.check(settings.fields[i], join("/fields", i));
}

}  // namespace ccms::settings
