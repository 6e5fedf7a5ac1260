#pragma once

#include <variant>

#include "server/http/message.h"

namespace ccms::server {

/// Who asks, or the answer that refuses them.
using Authentication = std::variant<Principal, Response>;

/// Finds out who sent a request, before anything of its body is parsed. Called by many threads at once.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual Authentication authenticate(const Request& request) = 0;
};

}  // namespace ccms::server
