#pragma once

#include <chrono>
#include <optional>

#include "core/domain/result.h"
#include "plugin/sync/server_api.h"

namespace ccms::plugin::sync {

/// What a reply means for the queue.
enum class Reaction {
  proceed,  ///< the request was answered
  retry,    ///< network, 408, 429, 5xx, anything that no CCMS server says: again later, for ever
  pause,    ///< 401, 403, incompatible version: more of the same will not help; show it
  rekey,    ///< the server has seen another copy of this till
};

struct Verdict {
  Reaction reaction = Reaction::proceed;
  domain::Error problem;                                 ///< unless proceed
  std::optional<std::chrono::milliseconds> retry_after;  ///< the server's wish
  int status = 0;                                        ///< of HTTP; 0 when no answer came
};

Verdict judge(const domain::Result<HttpResponse>& reply);

/// A reply of status 2xx that is not what was agreed: some proxy's page, as like as not.
Verdict unreadable_answer(const std::string& what);

}  // namespace ccms::plugin::sync
