#include "server/what_if/candidate.h"

#include "core/workflow/escalation.h"
#include "core/workflow/tat_rules.h"
#include "server/settings/draft_table.h"
#include "server/settings/load_options.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

FoundCandidate none(const char* code, const char* message, const char* field) {
  return {nullptr, {{domain::Error{code, message, field}, ""}}};
}

FoundCandidate candidate(std::string_view document, const settings::LoadOptions& options) {
  auto loaded = settings::load_settings(document, options);
  if (!loaded.ok()) return {nullptr, std::move(loaded.problems)};
  auto candidate = std::make_shared<Candidate>();
  candidate->settings = *std::move(loaded.value);
  candidate->tat = workflow::tat_rules(candidate->settings);
  candidate->escalation = workflow::escalation_of(candidate->settings);
  return {std::move(candidate), {}};
}

}  // namespace

FoundCandidate candidate_of(std::string_view document) {
  return candidate(document, settings_load_options());
}

FoundCandidate find_candidate(db::Connection& connection, const CandidateChoice& choice) {
  if (choice.draft) {
    const auto draft = DraftTable(connection).load();
    return draft ? candidate_of(draft->document)
                 : none("not_found", "nobody is writing a draft of the settings", "/draft");
  }
  VersionTable versions(connection);
  const auto document = versions.document(choice.version ? *choice.version : versions.in_force());
  if (!document.empty()) return candidate(document, published_load_options());
  return choice.version ? none("not_found", "there is no such version of the settings", "/version")
                        : none("settings_missing", "no settings have been published yet", "");
}

}  // namespace ccms::server
