#pragma once

#include <string_view>

#include "server/http/router.h"

namespace ccms::server {

/// docs/openapi.yaml, as it was when the server was built.
std::string_view openapi_document() noexcept;

/// Serves the description of the HTTP API.
class OpenApiResource {
 public:
  void add_routes(Router& router);
};

}  // namespace ccms::server
