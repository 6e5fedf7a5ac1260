#pragma once

#include <functional>

#include "server/app/services.h"
#include "server/http/router.h"
#include "server/settings/published_settings.h"
#include "server/store/user_store.h"

namespace ccms::server {

/// Looking after the chain's people: their roles, their leaving, and who takes over their tickets.
class MembersResource {
 public:
  explicit MembersResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response show(const Request& request) const;
  Response change(const Request& request) const;
  Response remove(const Request& request) const;
  Response reassign(const Request& request) const;

  /// What is done with a member whose row is locked, in a transaction.
  using Work = std::function<Response(db::Connection&, const PublishedSettings&, UserAccount&)>;
  /// Does it once; 404 for nobody, 412 for somebody who has changed, 403 for somebody whom this permission
  /// does not reach.
  Response with_member(const Request& request, settings::Permission permission, const Work& work) const;

  const Services& services_;
};

}  // namespace ccms::server
