#include "server/http/resources/settings_precondition.h"

#include <nlohmann/json.hpp>

#include "server/http/problem.h"
#include "server/http/resources/settings_view.h"

namespace ccms::server {
namespace {

using domain::Error;

Response refuse(int status, const Error& error, const std::optional<Draft>& draft) {
  if (!draft) return problem(status, error);
  return problem(status, error, {{"draft", draft_json(*draft)}}).with_header("ETag", draft->etag());
}

}  // namespace

std::optional<Response> unseen_draft(const Request& request, const std::optional<Draft>& draft) {
  const Error changed{"draft_changed",
                      draft
                          ? "the draft is not the one that you have seen: " + draft->updated_by + " saved it"
                          : std::string("the draft that you have seen was published or discarded"),
                      ""};
  const auto wanted = request.header("If-Match");
  if (wanted && (!draft || (*wanted != "*" && *wanted != draft->etag()))) return refuse(412, changed, draft);
  if (draft && request.header("If-None-Match") == "*") return refuse(412, changed, draft);
  if (!draft || wanted) return std::nullopt;
  return refuse(428, {"if_match_missing", "there is a draft: say by If-Match which one you have seen", ""},
                draft);
}

}  // namespace ccms::server
