#include "plugin/app/request_board.h"

#include <algorithm>
#include <iterator>

#include "plugin/app/new_id.h"

namespace ccms::plugin::app {
namespace {

bool is_query(const NetworkRequest& request) { return request.kind != NetworkRequest::Kind::enrol; }

}  // namespace

std::string RequestBoard::submit(NetworkRequest::Kind kind, std::string argument) {
  auto id = new_uuid(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  const std::lock_guard lock(mutex_);
  // A host that never takes its results must not make us grow: the oldest is forgotten.
  if (results_.size() >= kUntakenLimit) {
    const auto oldest = results_.begin();
    std::erase_if(waiting_, [&](const NetworkRequest& request) { return request.id == oldest->first; });
    results_.erase(oldest);
  }
  results_.emplace(id, std::nullopt);
  waiting_.push_back({id, kind, std::move(argument)});
  return id;
}

std::optional<NetworkRequest> RequestBoard::next() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return std::nullopt;
  auto chosen = std::find_if(waiting_.begin(), waiting_.end(),
                             [](const NetworkRequest& request) { return !is_query(request); });
  if (chosen == waiting_.end()) chosen = std::prev(chosen);
  auto request = std::move(*chosen);
  waiting_.erase(chosen);
  return request;
}

bool RequestBoard::query_waiting() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(waiting_.begin(), waiting_.end(), is_query);
}

void RequestBoard::complete(const std::string& id, domain::Result<std::string> result) {
  const std::lock_guard lock(mutex_);
  if (const auto found = results_.find(id); found != results_.end()) found->second = std::move(result);
}

RequestBoard::Taken RequestBoard::take(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = results_.find(id);
  if (found == results_.end()) return {};
  Taken taken{true, std::move(found->second)};
  if (taken.result)
    results_.erase(found);
  else
    found->second.reset();
  return taken;
}

}  // namespace ccms::plugin::app
