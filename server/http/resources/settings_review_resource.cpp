#include "server/http/resources/settings_review_resource.h"

#include <nlohmann/json.hpp>

#include "core/settings/bundle.h"
#include "core/settings/form.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/settings_view.h"
#include "server/settings/document_check.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;

constexpr std::size_t kIdLimit = 64;

/// The draft, as it stands to what is in force.
struct Review {
  std::optional<Draft> draft;
  std::int64_t newest = 0;
  std::int64_t in_force = 0;
  std::string document_in_force;
  DocumentCheck check;
};

Review review_of(db::Connection& connection) {
  Review review;
  review.draft = DraftTable(connection).load();
  if (!review.draft) return review;
  VersionTable versions(connection);
  review.in_force = versions.in_force();
  review.document_in_force = versions.document(review.in_force);
  if (const auto newest = versions.page(std::nullopt, 1); !newest.empty())
    review.newest = newest.front().version;
  review.check = check_document(connection, review.draft->document);
  return review;
}

json check_json(const Review& review) {
  return {{"draft", draft_json(*review.draft)},
          {"up_to_date", review.draft->based_on == review.newest},
          {"ok", review.check.ok()},
          {"problems", problems_json(review.check.problems)},
          {"more_problems", review.check.more_problems}};
}

/// What a person wants to know of one store.
struct StoreWish {
  std::string store;
  std::string language;  ///< of the form; empty: the chain's own
  domain::TicketKind kind = domain::TicketKind::complaint;
};

/// What the store's tills would get. `now`: what they have.
json store_json(const StoreWish& wish, const settings::Settings& next, const std::string& bundle,
                const std::optional<std::string>& now) {
  const auto& language = wish.language.empty() ? next.form.languages.front() : wish.language;
  json view = {{"id", wish.store},
               {"ccms_enabled", next.store_enabled(wish.store)},
               {"bundle_bytes", bundle.size()},
               {"form", settings::form_schema(next.form, settings::Screen::till, language, wish.kind)}};
  if (now) view["bundle_bytes_now"] = now->size();
  return view;
}

std::optional<std::string> bundle_of(const PublishedSettings* published, const std::string& store) {
  if (!published) return std::nullopt;
  auto bundle = settings::derive_bundle(published->settings, published->version, store);
  return bundle.ok() ? std::optional(std::move(bundle).value()) : std::nullopt;
}

std::optional<StoreWish> read_wish(JsonBody& body) {
  const auto store = body.optional_text("store", kIdLimit);
  const auto language = body.optional_text("language", kIdLimit);
  const auto kind = body.choice("kind", {"complaint", "suggestion", "service", "task"}, "complaint");
  if (!store) return std::nullopt;
  return StoreWish{*store, language.value_or(""),
                   domain::from_text<domain::TicketKind>(kind).value_or(domain::TicketKind::complaint)};
}

}  // namespace

void SettingsReviewResource::add_routes(Router& router) {
  router.add("POST", "/api/v1/settings/draft/check", Access::staff_or_client,
             with_permission(settings::Permission::settings_view,
                             [this](const Request& request) { return check(request); }));
  router.add("POST", "/api/v1/settings/draft/preview", Access::staff_or_client,
             with_permission(settings::Permission::settings_view,
                             [this](const Request& request) { return preview(request); }));
}

Response SettingsReviewResource::check(const Request&) const {
  const db::Lease reader = services_.database.reader();
  const auto review = review_of(*reader);
  return review.draft ? json_response(200, check_json(review)) : draft_not_found();
}

Response SettingsReviewResource::preview(const Request& request) const {
  JsonBody body(request.body.empty() ? "{}" : request.body);
  const auto wish = read_wish(body);
  if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);
  // Before a connection is held: it borrows one of its own.
  const auto now = wish ? store_settings_.for_store(wish->store) : nullptr;
  Review review;
  {
    const db::Lease reader = services_.database.reader();
    review = review_of(*reader);
  }
  if (!review.draft) return draft_not_found();
  json answer = check_json(review);
  const json former =
      review.document_in_force.empty() ? json::object() : json::parse(review.document_in_force);
  answer["in_force"] = review.in_force;
  answer["changes"] = changes_json(settings::difference(former, json::parse(review.draft->document)));
  const auto& next = review.check.settings;
  if (!wish || !next) return json_response(200, answer);
  const auto bundle = settings::derive_bundle(*next, review.newest + 1, wish->store);
  if (!bundle.ok()) return problem(422, Error{"unknown_reference", "the draft has no such store", "/store"});
  answer["store"] = store_json(*wish, *next, *bundle, bundle_of(now.get(), wish->store));
  return json_response(200, answer);
}

}  // namespace ccms::server
