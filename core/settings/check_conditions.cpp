#include <cmath>

#include "core/domain/words.h"
#include "core/settings/calendar_date.h"
#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

void check_custom_condition(const FormSettings& form, const std::string& id,
                            const std::vector<std::string>& values, const std::string& path,
                            Problems& problems) {
  const Field* field = check_reference(form.fields, id, path, "field", problems);
  if (field == nullptr) return;
  if (!field->options.empty()) {
    check_references(field->options, values, path, "option", problems);
  } else if (field->type == FieldType::yes_no) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] != "true" && values[i] != "false") {
        problems.add(join(path, i), "bad_value", "a yes_no field is \"true\" or \"false\"");
      }
    }
  }
}

/// The end of a range that fits the field's type.
void check_range_end(const Field& field, const std::optional<CustomRange::End>& end, const std::string& path,
                     Problems& problems) {
  if (!end) return;
  if (field.type == FieldType::date) {
    const auto* date = std::get_if<std::string>(&*end);
    if (date == nullptr || !is_calendar_date(*date))
      problems.add(path, "bad_value", "a day such as \"2026-11-21\"");
    return;
  }
  const auto* number = std::get_if<double>(&*end);
  if (number == nullptr) {
    problems.add(path, "bad_value", "the field's values are numbers");
  } else if (field.type == FieldType::money && *number != std::floor(*number)) {
    problems.add(path, "bad_value", "money is in minor units, a whole number");
  }
}

void check_custom_range(const FormSettings& form, const std::string& id, const CustomRange& range,
                        const std::string& path, Problems& problems) {
  const Field* field = check_reference(form.fields, id, path, "field", problems);
  if (field == nullptr) return;
  if (field->type != FieldType::number && field->type != FieldType::money && field->type != FieldType::date) {
    problems.add(path, "bad_value", "only numbers, money and dates have a range");
    return;
  }
  check_range_end(*field, range.min, join(path, "min"), problems);
  check_range_end(*field, range.max, join(path, "max"), problems);
  if (range.min && range.max && range.min->index() == range.max->index() && *range.max < *range.min)
    problems.add(join(path, "max"), "never_matches", "is less than the minimum");
}

void check_words(const std::vector<std::string>& words, const std::string& path, Problems& problems) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (domain::words_of(words[i]).empty())
      problems.add(join(path, i), "never_matches", "holds neither letters nor digits");
  }
}

}  // namespace

void check_conditions(const Settings& settings, const TicketConditions& when, const std::string& path,
                      Problems& problems) {
  const FormSettings& form = settings.form;
  const Organisation& organisation = settings.organisation;
  check_references(form.categories, when.category, join(path, "category"), "category", problems);
  check_references(organisation.stores, when.store, join(path, "store"), "store", problems);
  check_references(organisation.concepts, when.concept_id, join(path, "concept"), "concept", problems);
  check_references(organisation.areas, when.area, join(path, "area"), "area", problems);
  check_references(organisation.zones, when.zone, join(path, "zone"), "zone", problems);
  check_references(organisation.legal_entities, when.legal_entity, join(path, "legal_entity"), "legal entity",
                   problems);
  check_references(settings.regions, when.region, join(path, "region"), "region", problems);
  check_references(form.priorities, when.priority, join(path, "priority"), "priority", problems);
  check_references(form.departments, when.requested_department, join(path, "requested_department"),
                   "department", problems);
  check_references(form.departments, when.department, join(path, "department"), "department", problems);
  for (const auto& [field, values] : when.custom) {
    check_custom_condition(form, field, values, join(join(path, "custom"), field), problems);
  }
  for (const auto& [field, range] : when.custom_range) {
    check_custom_range(form, field, range, join(join(path, "custom_range"), field), problems);
  }
  check_words(when.words, join(path, "words"), problems);
}

void check_requests(const FormSettings& form, const TicketConditions& when, const std::string& path,
                    Problems& problems) {
  const auto asks_for_hidden = [&](const std::vector<std::string>& values, RequestUse use, const char* name) {
    if (values.empty() || use != RequestUse::hidden) return;
    problems.add(join(path, name), "never_matches", "clerks are not asked for this: the field is hidden");
  };
  asks_for_hidden(when.requested_department, form.builtin.department.use, "requested_department");
  asks_for_hidden(when.priority, form.builtin.priority.use, "priority");
}

}  // namespace ccms::settings
