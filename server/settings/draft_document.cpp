#include "server/settings/draft_document.h"

#include <nlohmann/json.hpp>

#include "core/settings/json_document.h"
#include "core/settings/problems.h"

namespace ccms::server {

std::vector<settings::Problem> problems_of_draft(std::string_view document) {
  settings::Problems problems(settings::LoadOptions{}.max_problems);
  settings::parse_document(document, settings::kMaxSettingsBytes, problems);
  return std::move(problems).finish(true).problems;
}

}  // namespace ccms::server
