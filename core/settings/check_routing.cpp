#include "core/settings/checks.h"

namespace ccms::settings {
void check_routing(const Settings& settings, Problems& problems) {
  const Routing& routing = settings.routing;
  const FormSettings& form = settings.form;
  check_unique_ids(routing.rules, "/routing/rules", problems);
  for (std::size_t i = 0; i < routing.rules.size(); ++i) {
    const RoutingRule& rule = routing.rules[i];
    const std::string path = join("/routing/rules", i);
    check_conditions(settings, rule.when, join(path, "when"), problems);
    check_requests(settings.form, rule.when, join(path, "when"), problems);
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
