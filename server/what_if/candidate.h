#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/settings/loader.h"
#include "core/workflow/tat.h"

namespace ccms::server {

/// Settings that are tried out, and that nobody works by for that. Results point into them.
struct Candidate {
  settings::Settings settings;
  workflow::TatRules tat;           ///< of the settings
  settings::Escalation escalation;  ///< of the settings, with a ladder for each role's time
};

/// Which stored settings to try: a version, or the draft, or (neither) the version in force.
struct CandidateChoice {
  std::optional<std::int64_t> version;
  bool draft = false;
};

/// Either a candidate, or why there is none: what is wrong with the document, or not_found with the field
/// /version or /draft, or settings_missing while nothing is in force.
struct FoundCandidate {
  std::shared_ptr<const Candidate> candidate;
  std::vector<settings::Problem> problems;  ///< empty with a candidate
};

/// The document by itself; whether it may follow the version in force is for check_document() to say.
FoundCandidate candidate_of(std::string_view document);

/// Throws db::DbError.
FoundCandidate find_candidate(db::Connection& connection, const CandidateChoice& choice);

}  // namespace ccms::server
