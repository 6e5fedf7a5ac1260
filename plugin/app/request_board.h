#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/domain/result.h"

namespace ccms::plugin::app {

/// What the UI thread wants from the server and the worker fetches.
struct NetworkRequest {
  enum class Kind { enrol, find_tickets, ticket };

  std::string id;
  Kind kind = Kind::enrol;
  std::string argument;  ///< the enrolment code, or the path and query to ask for
};

/// The place where the UI thread leaves requests and picks up results (JSON text). Thread-safe; lives in
/// memory, because nobody waits for an answer across a restart.
class RequestBoard {
 public:
  /// Returns the request's id.
  std::string submit(NetworkRequest::Kind kind, std::string argument);
  /// One that nobody works on yet: enrolments first, then the newest query, for it is the one that the clerk
  /// looks at.
  std::optional<NetworkRequest> next();
  /// Whether a query is left for next().
  bool query_waiting() const;
  void complete(const std::string& id, domain::Result<std::string> result);

  struct Taken {
    bool known = false;
    std::optional<domain::Result<std::string>> result;  ///< absent: not done yet
  };
  /// A finished result is given once.
  Taken take(const std::string& id);

 private:
  static constexpr std::size_t kUntakenLimit = 100;

  mutable std::mutex mutex_;
  std::deque<NetworkRequest> waiting_;
  std::map<std::string, std::optional<domain::Result<std::string>>> results_;  // ids sort by time
};

}  // namespace ccms::plugin::app
