#include <algorithm>
#include <array>
#include <set>

#include "core/settings/checks.h"
#include "core/settings/form_labels.h"

namespace ccms::settings {
namespace {

template <class List>
void check_choices(const List& list, const std::string& path, Problems& problems) {
  check_unique_ids(list, path, problems);
  check_some_current(list, path, problems);
}

void check_builtin_fields(const BuiltinFields& builtin, Problems& problems) {
  const auto hidden_but_required = [&](const RequestedField& field, const char* name) {
    if (field.use != RequestUse::hidden || !field.required) return;
    problems.add(join(join("/builtin_fields", name), "required"), "contradiction",
                 "a hidden field cannot be required");
  };
  hidden_but_required(builtin.department, "department");
  hidden_but_required(builtin.priority, "priority");
}

void check_remedies(const std::vector<RemedyRule>& rules, Problems& problems) {
  std::set<domain::RemedyKind> seen;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string path = join("/remedies", i);
    if (!seen.insert(rules[i].kind).second)
      problems.add(join(path, "id"), "duplicate_id", "this kind is there already");
    if (rules[i].approval_above && rules[i].at_most && *rules[i].approval_above >= *rules[i].at_most)
      problems.add(join(path, "approval_above"), "contradiction", "more than at_most is never given");
  }
}

constexpr std::array<std::string_view, 12> kBuiltinFilters = {
    "status", "priority", "department", "category", "created",      "customer_number",
    "code",   "kind",     "store",      "assignee", "verification", "text"};

bool is_builtin_filter(std::string_view id) {
  return std::find(kBuiltinFilters.begin(), kBuiltinFilters.end(), id) != kBuiltinFilters.end();
}

}  // namespace

void check_form_settings(const FormSettings& settings, Problems& problems) {
  check_choices(settings.departments, "/departments", problems);
  check_choices(settings.priorities, "/priorities", problems);
  check_choices(settings.categories, "/categories", problems);
  check_choices(settings.no_proof_reasons, "/no_proof_reasons", problems);
  check_choices(settings.withdrawal_reasons, "/withdrawal_reasons", problems);
  check_choices(settings.goods_conditions, "/goods_conditions", problems);
  check_remedies(settings.remedies, problems);
  check_builtin_fields(settings.builtin, problems);
  check_fields(settings, problems);
}

void check_labels(const FormSettings& settings, Problems& problems) {
  for (const auto& [key, text] : settings.labels) {
    if (!is_form_label(key)) problems.add(join("/labels", key), "unknown_field", "no such label");
  }
}

void check_search_filters(const FormSettings& settings, Screen screen, const std::string& path,
                          Problems& problems) {
  const std::vector<std::string>& filters = settings.search_filters.at(screen);
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (is_builtin_filter(filters[i])) continue;
    const Field* field = settings.find_field(filters[i]);
    if (field == nullptr) {
      problems.add(join(path, i), "unknown_reference", "neither a built-in filter nor a field");
    } else if (!field->searchable) {
      problems.add(join(path, i), "not_searchable", "this field is not searchable");
    }
  }
}

}  // namespace ccms::settings
