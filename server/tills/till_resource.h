#pragma once

#include "core/domain/result.h"
#include "server/app/services.h"
#include "server/http/router.h"
#include "server/settings/server_identity.h"
#include "server/tills/till_records.h"

namespace ccms::server {

/// The identity of tills: POST /tills/enrol, /tills/rekey, /tills/prefix.
class TillResource {
 public:
  TillResource(const Services& services, const ServerIdentity& identity)
      : services_(services), identity_(identity) {}

  void add_routes(Router& router);

 private:
  Response enrol(const Request& request);
  Response rekey(const Request& request);
  Response grant_prefix(const Request& request);
  std::string identity_body(const TillRecord& till, const std::string& prefix) const;

  Services services_;
  const ServerIdentity& identity_;
};

}  // namespace ccms::server
