#pragma once

#include <string>

#include "plugin/app/till.h"
#include "plugin/sync/server_api.h"

namespace ccms::plugin::sync {

/// Signs the till's requests. A till whose clock is wrong is told the server's time: the difference is
/// learnt, kept, and the request sent once more. Used by the worker alone.
class SignedClient {
 public:
  SignedClient(app::Till& till, ServerApi& server) : till_(till), server_(server) {}

  /// The till must be enrolled.
  domain::Result<HttpResponse> call(const HttpRequest& request);
  /// For enrolment, which has no key yet.
  domain::Result<HttpResponse> call_unsigned(const HttpRequest& request) { return server_.send(request); }

 private:
  HttpRequest sign(HttpRequest request) const;
  bool learn_offset(const HttpResponse& response);

  app::Till& till_;
  ServerApi& server_;
};

}  // namespace ccms::plugin::sync
