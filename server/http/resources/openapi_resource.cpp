#include "server/http/resources/openapi_resource.h"

namespace ccms::server {

void OpenApiResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/openapi.yaml", Access::open, [](const Request&) {
    return Response{.status = 200,
                    .content_type = "application/yaml",
                    .body = std::string(openapi_document()),
                    .headers = {}};
  });
}

}  // namespace ccms::server
