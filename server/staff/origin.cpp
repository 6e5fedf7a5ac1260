#include "server/staff/origin.h"

#include <optional>
#include <string>

namespace ccms::server {
namespace {

// "https://host:port" of a URL or origin, without its path.
std::string origin_of(const std::string& url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return {};
  return url.substr(0, url.find('/', scheme + 3));
}

}  // namespace

bool is_same_origin(const Request& request, const Config& config) {
  if (request.header("Sec-Fetch-Site").value_or("same-origin") == "cross-site") return false;
  const std::optional<std::string> origin = request.header("Origin");
  if (!origin) return true;
  if (!config.public_url.empty() && *origin == origin_of(config.public_url)) return true;
  const std::string host = request.header("Host").value_or("");
  return !host.empty() && *origin == (request.secure ? "https://" : "http://") + host;
}

}  // namespace ccms::server
