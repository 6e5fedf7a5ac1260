#pragma once

#include "server/app/services.h"
#include "server/http/router.h"
#include "server/settings/bundles.h"
#include "server/settings/store_settings.h"
#include "server/sync/ingest.h"

namespace ccms::server {

/// What tills send and fetch: /sync/captures, /sync/changes, /sync/settings, /sync/tickets. While CCMS is
/// switched off for the till, tickets and changes are refused. Its settings are not, for they tell it when
/// that begins and ends, nor its captures: customers hold their codes already.
class SyncResource {
 public:
  SyncResource(const Services& services, StoreSettings& store_settings, CustomerDirectory& directory,
               const ServerIdentity& identity)
      : services_(services),
        store_settings_(store_settings),
        ingest_(services, directory, identity),
        bundles_(identity) {}

  void add_routes(Router& router);

 private:
  using Answer = Response (SyncResource::*)(const Request&, const PublishedSettings&);

  Response with_enabled_till(const Request& request, Answer answer);
  Response take_captures(const Request& request);
  Response changes(const Request& request, const PublishedSettings& published);
  Response find_tickets(const Request& request, const PublishedSettings& published);
  Response ticket(const Request& request, const PublishedSettings& published);
  Response settings(const Request& request);

  Services services_;
  StoreSettings& store_settings_;
  Ingest ingest_;
  Bundles bundles_;
};

}  // namespace ccms::server
