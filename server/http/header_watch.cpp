#include "server/http/header_watch.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ccms::server {

HeaderWatch::HeaderWatch(std::chrono::milliseconds limit)
    : limit_(limit), thread_([this](const std::stop_token& stop) { run(stop); }) {}

HeaderWatch::~HeaderWatch() = default;

void HeaderWatch::add(const Poco::Net::StreamSocket& socket) {
  {
    const std::lock_guard lock(mutex_);
    watched_[socket.impl()].descriptor = ::fcntl(socket.impl()->sockfd(), F_DUPFD_CLOEXEC, 0);
  }
  expect(socket);
}

void HeaderWatch::expect(const Poco::Net::StreamSocket& socket) {
  const std::lock_guard lock(mutex_);
  watched_.at(socket.impl()).deadline = std::chrono::steady_clock::now() + limit_;
  // All have the same limit: a newcomer's time is never up before that which the thread waits for.
  if (idle_) changed_.notify_one();
}

bool HeaderWatch::settle(const Poco::Net::StreamSocket& socket) {
  const std::lock_guard lock(mutex_);
  auto& deadline = watched_.at(socket.impl()).deadline;
  const bool in_time = deadline.has_value();
  deadline.reset();
  return in_time;
}

void HeaderWatch::remove(const Poco::Net::StreamSocket& socket) {
  const std::lock_guard lock(mutex_);
  const auto found = watched_.find(socket.impl());
  if (found == watched_.end()) return;
  ::close(found->second.descriptor);
  watched_.erase(found);
}

void HeaderWatch::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto next = earliest();
    idle_ = !next;
    if (next) {
      changed_.wait_until(lock, stop, *next, [] { return false; });
    } else {
      changed_.wait(lock, stop, [this] { return earliest().has_value(); });
    }
    end_overdue(std::chrono::steady_clock::now());
  }
}

std::optional<HeaderWatch::Time> HeaderWatch::earliest() const {
  std::optional<Time> earliest;
  for (const auto& [socket, watched] : watched_) {
    if (watched.deadline && (!earliest || *watched.deadline < *earliest)) earliest = watched.deadline;
  }
  return earliest;
}

void HeaderWatch::end_overdue(Time now) {
  for (auto& [socket, watched] : watched_) {
    if (!watched.deadline || *watched.deadline > now) continue;
    // Beneath Poco and TLS, whose objects belong to the connection's own thread: its reading ends at once.
    ::shutdown(watched.descriptor, SHUT_RDWR);
    watched.deadline.reset();
  }
}

}  // namespace ccms::server
