#include "server/http/resources/ticket_links_resource.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "core/domain/text.h"
#include "server/http/idempotency.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_precondition.h"
#include "server/http/resources/ticket_view.h"
#include "server/http/resources/with_settings.h"
#include "server/links/linking.h"
#include "server/links/merging.h"
#include "server/store/ticket_access.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;

constexpr std::size_t kCodeLimit = 64;

// 409: right, but not now, or not without being sure. 403: right, but not you. 422: wrong whoever asks.
int status_of(const Error& error) {
  static const std::set<std::string, std::less<>> conflicts = {
      "ticket_merged",  "ticket_withdrawn", "already_linked",  "not_linked",
      "has_parent",     "has_children",     "not_merged",      "other_customer",
      "later_deadline", "into_finished",    "parent_is_child", "version_conflict"};
  if (conflicts.contains(error.code)) return 409;
  return error.code == "role_not_allowed" ? 403 : 422;
}

/// What a change of two tickets does; `pair` is what they have become.
using PairChange = std::function<Result<void>(db::Connection&, LockedPair&)>;

/// Locks both tickets, looks at whether they may be changed, changes them, and answers the first of them.
Response change_pair(db::Connection& connection, const Request& request, const settings::Settings& settings,
                     const std::string& other, const std::string& other_field, int status,
                     const PairChange& change) {
  auto found = lock_visible_pair(connection, request.principal, request.param("id"), other);
  if (!found.ticket) return ticket_not_found();
  if (!found.other) return problem(404, Error{"not_found", "there is no such ticket", other_field});
  if (auto stale = refuse_stale(request, *found.ticket)) return *stale;
  LockedPair pair{*std::move(found.ticket), *std::move(found.other)};
  if (const auto changed = change(connection, pair); !changed) {
    const Error& error = changed.error();
    if (error.code != "ticket_merged") return problem(status_of(error), error);
    return merged_refusal(connection, request.principal, error.field.empty() ? pair.ticket : pair.other,
                          error.field);
  }
  return ticket_response(status, connection, pair.ticket, settings, request.principal);
}

}  // namespace

void TicketLinksResource::add_routes(Router& router) {
  const auto add = [&](const char* method, const char* pattern,
                       Response (TicketLinksResource::*handler)(const Request&) const) {
    router.add(method, pattern, Access::staff_or_client,
               [this, handler](const Request& request) { return (this->*handler)(request); });
  };
  add("POST", "/api/v1/tickets/{id}/links", &TicketLinksResource::link);
  add("DELETE", "/api/v1/tickets/{id}/links/{kind}/{other}", &TicketLinksResource::unlink);
  add("POST", "/api/v1/tickets/{id}/merge", &TicketLinksResource::merge);
  add("POST", "/api/v1/tickets/{id}/merge/undo", &TicketLinksResource::undo);
}

Response TicketLinksResource::link(const Request& request) const {
  JsonBody body(request.body);
  const auto kind = link_kind_from(body.choice("kind", {"parent", "related"}, "related"));
  const std::string other = body.required_text("ticket", kCodeLimit);
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      return change_pair(connection, request, published.settings, other, "/ticket", 201,
                         [&](db::Connection& in, LockedPair& pair) {
                           return link_tickets(in, request.principal, pair, *kind, services_.clock.now());
                         });
    });
  });
}

Response TicketLinksResource::unlink(const Request& request) const {
  const auto kind = link_kind_from(request.param("kind"));
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      if (!kind) return problem(404, Error{"not_found", "there are no such links", ""});
      return change_pair(connection, request, published.settings, request.param("other"), "", 200,
                         [&](db::Connection& in, LockedPair& pair) {
                           return unlink_tickets(in, request.principal, pair, *kind, services_.clock.now());
                         });
    });
  });
}

Response TicketLinksResource::merge(const Request& request) const {
  JsonBody body(request.body);
  const std::string into = body.required_text("into", kCodeLimit);
  MergeRequest wish;
  wish.note = body.required_text("note", domain::kLongTextLimit);
  wish.accept_other_customer = body.flag("accept_other_customer");
  wish.accept_later_deadline = body.flag("accept_later_deadline");
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      return change_pair(connection, request, published.settings, into, "/into", 200,
                         [&](db::Connection& in, LockedPair& pair) {
                           return merge_tickets(in, published, request.principal, pair, wish,
                                                services_.clock.now());
                         });
    });
  });
}

Response TicketLinksResource::undo(const Request& request) const {
  JsonBody body(request.body);
  const std::string note = body.required_text("note", domain::kLongTextLimit);
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      const auto into = merged_into_of(connection, request.param("id"));
      if (!into) {
        if (!find_visible_ticket(connection, request.principal, request.param("id"), true))
          return ticket_not_found();
        return problem(409, Error{"not_merged", "the ticket is not merged into another one", ""});
      }
      return change_pair(
          connection, request, published.settings, *into, "", 200, [&](db::Connection& in, LockedPair& pair) {
            return undo_merge(in, published, request.principal, pair, note, services_.clock.now());
          });
    });
  });
}

}  // namespace ccms::server
