#include "server/http/resources/settings_what_if_resource.h"

#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/settings_view.h"
#include "server/settings/draft_table.h"
#include "server/settings/version_table.h"
#include "server/staff/roles.h"
#include "server/what_if/replay_report.h"
#include "server/what_if/simulated_ticket.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kIdLimit = 64;

SimulationWish read_wish(JsonBody& body) {
  SimulationWish wish;
  wish.store = body.required_text("store", kIdLimit);
  wish.at = body.required_text("at", kIdLimit);
  wish.kind = body.optional_text("kind", kIdLimit).value_or(wish.kind);
  wish.category = body.optional_text("category", kIdLimit).value_or("");
  wish.priority = body.optional_text("priority", kIdLimit).value_or("");
  wish.department = body.optional_text("department", kIdLimit).value_or("");
  wish.amount = body.optional_number("amount");
  wish.details = body.optional_text("details", domain::kLongTextLimit).value_or("");
  wish.language = body.optional_text("language", kIdLimit).value_or("");
  wish.channel = body.optional_text("channel", kIdLimit).value_or("");
  wish.verification = body.optional_text("verification", kIdLimit).value_or("");
  if (const auto* custom = body.raw("custom")) wish.custom = custom->dump();
  return wish;
}

CandidateChoice read_choice(JsonBody& body) {
  const CandidateChoice choice{body.optional_number("version"), body.flag("draft")};
  if (choice.draft && choice.version)
    body.fail("bad_value", "it is a version or the draft that is tried", "/draft");
  return choice;
}

/// 404 for what is not there, 503 while nothing is published, else all that is wrong with the document.
Response no_candidate(const std::vector<settings::Problem>& problems) {
  const auto& first = problems.front().error;
  if (first.code == "not_found") return problem(404, first);
  if (first.code == "settings_missing") return problem(503, first);
  return refusal(problems);
}

}  // namespace

void SettingsWhatIfResource::add_routes(Router& router) {
  router.add("POST", "/api/v1/settings/simulations", Access::staff_or_client,
             with_permission(settings::Permission::settings_view,
                             [this](const Request& request) { return simulate(request); }));
  router.add("POST", "/api/v1/settings/draft/replay", Access::staff_or_client,
             with_permission(settings::Permission::settings_view,
                             [this](const Request& request) { return replay(request); }));
}

Response SettingsWhatIfResource::simulate(const Request& request) const {
  JsonBody body(request.body);
  const auto wish = read_wish(body);
  const auto choice = read_choice(body);
  if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);
  FoundCandidate found;
  {
    const db::Lease reader = services_.database.reader();
    found = find_candidate(*reader, choice);
  }
  if (!found.candidate) return no_candidate(found.problems);
  const auto simulated = simulate_ticket(found.candidate->settings, wish);
  return simulated ? json_response(200, simulated_json(*simulated)) : problem(422, simulated.error());
}

Response SettingsWhatIfResource::replay(const Request& request) const {
  // The report names tickets, whosesoever they are.
  if (!sees_every_ticket(request.principal))
    return problem(403, domain::Error{"forbidden", "a replay is for those who may see every ticket", ""});
  JsonBody body(request.body.empty() ? "{}" : request.body);
  const auto last = body.optional_number("last").value_or(kUsualReplayed);
  if (last > kMostReplayed) body.fail("bad_value", "last is 1 to " + std::to_string(kMostReplayed), "/last");
  if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);
  std::optional<Draft> draft;
  std::int64_t in_force = 0;
  FoundCandidate before;
  {
    const db::Lease reader = services_.database.reader();
    draft = DraftTable(*reader).load();
    if (!draft) return draft_not_found();
    in_force = VersionTable(*reader).in_force();
    before = find_candidate(*reader, {});
  }
  if (!before.candidate) return no_candidate(before.problems);
  const auto after = candidate_of(draft->document);
  if (!after.candidate) return no_candidate(after.problems);
  json answer = replay_json(replay_last_tickets(services_.database, last, *before.candidate, *after.candidate,
                                                services_.clock.now()));
  answer["draft"] = draft_json(*draft);
  answer["in_force"] = in_force;
  return json_response(200, answer);
}

}  // namespace ccms::server
