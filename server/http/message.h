#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/principal.h"

namespace ccms::server {

using NameValues = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request as handlers see it: plain values, so that a test needs no socket. Read whole before it is
/// handled, its body capped.
struct Request {
  std::string method;  ///< "GET"
  std::string path;    ///< decoded, without the query
  std::string target;  ///< as sent, with the query: what a till signs
  NameValues query;    ///< decoded, in the order sent, repeated names kept
  NameValues params;   ///< values of the pattern's {names}
  NameValues headers;
  std::string body;
  std::string request_id;
  std::string remote_address;  ///< of the client, looked through trusted proxies only
  bool secure = false;         ///< arrived by TLS, here or at a trusted proxy
  Principal principal;

  /// The header's value, its name compared without case; nullopt when absent.
  std::optional<std::string> header(std::string_view name) const;
  /// Value of {name} in the route's pattern; empty when there is none.
  const std::string& param(std::string_view name) const;
  /// First value of a query parameter.
  std::optional<std::string> query_value(std::string_view name) const;
  /// All values of a query parameter that is repeated.
  std::vector<std::string> query_values(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  NameValues headers;

  Response& with_header(std::string name, std::string value);
};

}  // namespace ccms::server
