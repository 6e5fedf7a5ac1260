#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/settings/difference.h"
#include "core/settings/loader.h"
#include "server/http/message.h"
#include "server/settings/draft_table.h"
#include "server/settings/publication.h"
#include "server/settings/version_table.h"

namespace ccms::server {

/// {"number","state","published_at","published_by","note"?,"in_force_at"?,"rollouts":[…]}. The state is
/// in_force, former, staged (some stores have it) or waiting (newer than the one in force, and nobody's).
nlohmann::json version_json(const VersionRecord& record, std::int64_t in_force);

/// What there is to say of a draft beside its document.
nlohmann::json draft_json(const Draft& draft);

/// [{"code","message","field"?,"value"?}]
nlohmann::json problems_json(const std::vector<settings::Problem>& problems);

/// [{"kind","pointer","text"}]
nlohmann::json changes_json(const std::vector<settings::Change>& changes);

/// The answer to what cannot be published: 409 for what is right, but not now, else 422; all problems are
/// listed. `problems` is not empty.
Response refusal(const std::vector<settings::Problem>& problems);

Response version_not_found();
Response draft_not_found();

/// A number of 0 or more, written in digits alone.
std::optional<std::int64_t> number_of(const std::string& text);

}  // namespace ccms::server
