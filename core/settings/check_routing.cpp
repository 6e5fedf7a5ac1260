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

void check_conditions(const Settings& settings, const RoutingConditions& when, const std::string& path,
                      Problems& problems) {
  const FormSettings& form = settings.form;
  const Organisation& organisation = settings.organisation;
  check_references(form.categories, when.category, join(path, "category"), "category", problems);
  check_references(organisation.stores, when.store, join(path, "store"), "store", problems);
  check_references(organisation.concepts, when.concept_id, join(path, "concept"), "concept", problems);
  check_references(settings.regions, when.region, join(path, "region"), "region", problems);
  check_references(form.priorities, when.priority, join(path, "priority"), "priority", problems);
  check_references(form.departments, when.requested_department, join(path, "requested_department"),
                   "department", problems);
  for (const auto& [field, values] : when.custom) {
    check_custom_condition(form, field, values, join(join(path, "custom"), field), problems);
  }
  const auto asks_for_hidden = [&](const std::vector<std::string>& values, RequestUse use, const char* name) {
    if (values.empty() || use != RequestUse::hidden) return;
    problems.add(join(path, name), "never_matches", "clerks are not asked for this: the field is hidden");
  };
  asks_for_hidden(when.requested_department, form.builtin.department.use, "requested_department");
  asks_for_hidden(when.priority, form.builtin.priority.use, "priority");
}

}  // namespace

void check_routing(const Settings& settings, Problems& problems) {
  const Routing& routing = settings.routing;
  const FormSettings& form = settings.form;
  check_unique_ids(routing.rules, "/routing/rules", problems);
  for (std::size_t i = 0; i < routing.rules.size(); ++i) {
    const RoutingRule& rule = routing.rules[i];
    const std::string path = join("/routing/rules", i);
    check_conditions(settings, rule.when, join(path, "when"), problems);
    check_current_reference(form.departments, rule.department, join(path, "department"), "department",
                            problems);
    if (rule.priority) {
      check_current_reference(form.priorities, *rule.priority, join(path, "priority"), "priority", problems);
    }
  }
  check_current_reference(form.departments, routing.fallback_department, "/routing/fallback/department",
                          "department", problems);
  check_current_reference(form.priorities, routing.fallback_priority, "/routing/fallback/priority",
                          "priority", problems);
}

}  // namespace ccms::settings
