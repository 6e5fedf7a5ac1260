#include "core/settings/loader.h"

#include <nlohmann/json.hpp>

#include "core/settings/checks.h"
#include "core/settings/json_document.h"
#include "core/settings/json_reader.h"
#include "core/settings/problems.h"
#include "core/settings/read_settings.h"
#include "core/settings/schema_check.h"

namespace ccms::settings {
namespace {

void check_references(const Settings& settings, const LoadOptions& options, Problems& problems) {
  check_form_settings(settings.form, problems);
  check_labels(settings.form, problems);
  check_search_filters(settings.form, Screen::till, "/search_filters/till", problems);
  check_search_filters(settings.form, Screen::console, "/search_filters/console", problems);
  check_unique_ids(settings.resolution_codes, "/resolution_codes", problems);
  check_some_current(settings.resolution_codes, "/resolution_codes", problems);
  check_unique_ids(settings.rejection_reasons, "/rejection_reasons", problems);
  check_some_current(settings.rejection_reasons, "/rejection_reasons", problems);
  check_organisation(settings, problems);
  check_regions(settings, options, problems);
  check_roles(settings, problems);
  check_assignments(settings, problems);
  check_workflows(settings, problems);
  check_routing(settings, problems);
  check_turn_around_times(settings, problems);
  if (!options.is_published) check_alerts_differ(settings, problems);
  check_escalation(settings, problems);
  check_notifications(settings, problems);
  check_till_rules(settings.till, problems);
}

}  // namespace

Loaded<Settings> load_settings(std::string_view bytes, const LoadOptions& options) {
  Problems problems(options.max_problems);
  Settings settings;
  if (const auto document = parse_document(bytes, kMaxSettingsBytes, problems)) {
    check_schema(*document, problems);
    if (problems.empty()) {
      settings = read_settings(Node(*document, "", problems));
      bind_fields(settings, problems);
      check_references(settings, options, problems);
    }
    problems.take_values_from(*document);
  }
  return std::move(problems).finish(std::move(settings));
}

}  // namespace ccms::settings
