#include "server/http/resources/absences_resource.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "server/http/problem.h"
#include "server/store/absence_store.h"
#include "server/store/audit_log.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::json;

constexpr std::size_t kMostAbsences = 200;

bool may_say(const Principal& principal, const std::string& user_id) {
  return (principal.kind == Principal::Kind::staff && principal.id == user_id) ||
         principal.may_everywhere(settings::Permission::people_change);
}

Response refuse() {
  return problem(403, Error{"forbidden", "these are for themselves and for who changes people to say", ""});
}

Response user_not_found() { return problem(404, Error{"not_found", "there is no such user", ""}); }

json absences_json(const std::vector<UserAbsence>& absences) {
  json list = json::array();
  for (const UserAbsence& absence : absences) {
    list.push_back(
        {{"from", domain::format_rfc3339(absence.from)}, {"until", domain::format_rfc3339(absence.until)}});
    if (absence.cover) list.back()["cover"] = *absence.cover;
  }
  return {{"absences", std::move(list)}};
}

Result<Instant> read_moment(const json& absence, const char* name, const std::string& pointer) {
  const std::string field = pointer + "/" + name;
  const auto member = absence.find(name);
  if (member == absence.end()) return Error{"missing_field", std::string(name) + " is missing", field};
  const auto moment =
      member->is_string() ? domain::parse_rfc3339(member->get_ref<const std::string&>()) : std::nullopt;
  if (!moment) return Error{"bad_value", "this must be a moment such as 2026-12-24T08:00:00.000Z", field};
  return *moment;
}

Result<UserAbsence> read_absence(const json& absence, const std::string& pointer) {
  if (!absence.is_object()) return Error{"wrong_type", "an absence must be an object", pointer};
  for (const auto& [name, value] : absence.items()) {
    if (name != "from" && name != "until" && name != "cover")
      return Error{"unknown_field", "an absence has no such member", pointer + "/" + name};
  }
  const auto from = read_moment(absence, "from", pointer);
  if (!from) return from.error();
  const auto until = read_moment(absence, "until", pointer);
  if (!until) return until.error();
  if (*until <= *from) return Error{"contradiction", "ends before it begins", pointer + "/until"};
  UserAbsence read{*from, *until, std::nullopt};
  const auto cover = absence.find("cover");
  if (cover == absence.end() || cover->is_null()) return read;
  if (!cover->is_string()) return Error{"wrong_type", "cover must be the id of a user", pointer + "/cover"};
  read.cover = cover->get<std::string>();
  return read;
}

/// In the order of the request, none overlapping another.
Result<std::vector<UserAbsence>> read_absences(const std::string& body) {
  const json document = json::parse(body, nullptr, false);
  if (document.is_discarded()) return Error{"not_json", "the body is not JSON", ""};
  if (!document.is_object()) return Error{"wrong_type", "the body must be a JSON object", ""};
  for (const auto& [name, value] : document.items()) {
    if (name != "absences") return Error{"unknown_field", "there is no such member", "/" + name};
  }
  const auto list = document.find("absences");
  if (list == document.end()) return Error{"missing_field", "absences is missing", "/absences"};
  if (!list->is_array()) return Error{"wrong_type", "absences must be a list", "/absences"};
  if (list->size() > kMostAbsences) return Error{"too_many", "there are too many absences", "/absences"};
  std::vector<UserAbsence> absences;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string pointer = "/absences/" + std::to_string(i);
    const auto read = read_absence((*list)[i], pointer);
    if (!read) return read.error();
    const auto overlaps = [&](const UserAbsence& other) {
      return other.from < read->until && read->from < other.until;
    };
    if (std::any_of(absences.begin(), absences.end(), overlaps))
      return Error{"overlapping", "overlaps an earlier absence", pointer};
    absences.push_back(*read);
  }
  return absences;
}

/// A cover is somebody else, who may sign in.
std::optional<Error> problem_of_covers(db::Connection& connection, const std::string& user_id,
                                       const std::vector<UserAbsence>& absences) {
  for (std::size_t i = 0; i < absences.size(); ++i) {
    const auto& cover = absences[i].cover;
    if (!cover) continue;
    const std::string field = "/absences/" + std::to_string(i) + "/cover";
    if (*cover == user_id) return Error{"bad_value", "nobody covers for themselves", field};
    const auto user = UserStore(connection).find(*cover);
    if (!user || !user->enabled) return Error{"bad_value", "there is no such user", field};
  }
  return std::nullopt;
}

}  // namespace

void AbsencesResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/users/{id}/absences", Access::staff_or_client,
             [this](const Request& request) { return show(request); });
  router.add("PUT", "/api/v1/users/{id}/absences", Access::staff_or_client,
             [this](const Request& request) { return replace(request); });
}

Response AbsencesResource::show(const Request& request) const {
  const std::string& user_id = request.param("id");
  if (!may_say(request.principal, user_id)) return refuse();
  const db::Lease reader = services_.database.reader();
  if (!UserStore(*reader).find(user_id)) return user_not_found();
  return json_response(200, absences_json(AbsenceStore(*reader).of(user_id)));
}

Response AbsencesResource::replace(const Request& request) const {
  const std::string& user_id = request.param("id");
  if (!may_say(request.principal, user_id)) return refuse();
  const auto absences = read_absences(request.body);
  if (!absences) return problem(422, absences.error());
  return db::with_transaction(services_.database, [&](db::Connection& connection) {
    if (!UserStore(connection).find(user_id)) return user_not_found();
    if (const auto bad = problem_of_covers(connection, user_id, *absences)) return problem(422, *bad);
    AbsenceStore store(connection);
    store.replace(user_id, *absences);
    append_audit(
        connection,
        {audit_actor(request.principal), "user.absences_said", "user", user_id, absences_json(*absences)},
        services_.clock.now());
    return json_response(200, absences_json(store.of(user_id)));
  });
}

}  // namespace ccms::server
