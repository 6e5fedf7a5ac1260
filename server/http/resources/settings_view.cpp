#include "server/http/resources/settings_view.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "server/http/problem.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::format_rfc3339;
using nlohmann::json;

const char* state_of(const VersionRecord& record, std::int64_t in_force) {
  if (record.version == in_force) return "in_force";
  if (record.version < in_force) return "former";
  const bool is_somebodys = std::any_of(record.rollouts.begin(), record.rollouts.end(),
                                        [](const Rollout& rollout) { return !rollout.ended_at; });
  return is_somebodys ? "staged" : "waiting";
}

json rollout_json(const Rollout& rollout) {
  json view = {{"stores", rollout.stores},
               {"started_at", format_rfc3339(rollout.started_at)},
               {"started_by", rollout.started_by}};
  if (rollout.ended_at) view["ended_at"] = format_rfc3339(*rollout.ended_at);
  return view;
}

}  // namespace

json version_json(const VersionRecord& record, std::int64_t in_force) {
  json view = {{"number", record.version},
               {"state", state_of(record, in_force)},
               {"published_at", format_rfc3339(record.published_at)},
               {"published_by", record.published_by},
               {"rollouts", json::array()}};
  if (!record.note.empty()) view["note"] = record.note;
  if (record.in_force_at) view["in_force_at"] = format_rfc3339(*record.in_force_at);
  for (const auto& rollout : record.rollouts) view["rollouts"].push_back(rollout_json(rollout));
  return view;
}

json draft_json(const Draft& draft) {
  return {{"based_on", draft.based_on},
          {"etag", draft.etag()},
          {"bytes", draft.document.size()},
          {"updated_at", format_rfc3339(draft.updated_at)},
          {"updated_by", draft.updated_by}};
}

json problems_json(const std::vector<settings::Problem>& problems) {
  json list = json::array();
  for (const auto& problem : problems) {
    json entry = error_json(problem.error);
    if (!problem.value.empty()) entry["value"] = problem.value;
    list.push_back(std::move(entry));
  }
  return list;
}

json changes_json(const std::vector<settings::Change>& changes) {
  json list = json::array();
  for (const auto& change : changes)
    list.push_back(
        {{"kind", domain::to_text(change.kind)}, {"pointer", change.pointer}, {"text", change.text}});
  return list;
}

Response refusal(const std::vector<settings::Problem>& problems) {
  static const std::set<std::string, std::less<>> not_now = {"not_staged", "already_in_force",
                                                             "nothing_in_force"};
  const auto& first = problems.front().error;
  return problem(not_now.contains(first.code) ? 409 : 422, first, {{"errors", problems_json(problems)}});
}

Response version_not_found() {
  return problem(404, Error{"not_found", "there is no such version of the settings", "/version"});
}

Response draft_not_found() {
  return problem(404, Error{"not_found", "nobody is writing a draft of the settings", ""});
}

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped_at, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stopped_at != end || number < 0) return std::nullopt;
  return number;
}

}  // namespace ccms::server
