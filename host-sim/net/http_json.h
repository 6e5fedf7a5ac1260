#pragma once

#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace ccms::host_sim {

/// One HTTP exchange that carries JSON.
struct HttpReply {
  int status = 0;
  std::string body;
  std::map<std::string, std::string> cookies;  ///< name to value, as set by the answer
};

/// Sends and waits for the answer. `url` is the server ("http://127.0.0.1:8080"), `path` may have a query.
/// Errors: std::runtime_error when there is no answer.
HttpReply exchange_http(const std::string& url, const std::string& method, const std::string& path,
                        const std::string& body, const std::map<std::string, std::string>& headers);

}  // namespace ccms::host_sim
