#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

namespace ccms::server {

/// Ends connections whose next request does not begin in time: its line and headers, and a TLS handshake
/// before them. A time-out of the socket cannot do that, as it begins anew with every byte. Thread-safe.
class HeaderWatch {
 public:
  explicit HeaderWatch(std::chrono::milliseconds limit);
  ~HeaderWatch();
  HeaderWatch(const HeaderWatch&) = delete;
  HeaderWatch& operator=(const HeaderWatch&) = delete;

  /// A new connection, whose first request is expected from now on.
  void add(const Poco::Net::StreamSocket& socket);
  /// Its next request is expected from now on.
  void expect(const Poco::Net::StreamSocket& socket);
  /// Its headers are there. False when the connection was ended for being late, and nobody can tell whether
  /// they are whole.
  bool settle(const Poco::Net::StreamSocket& socket);
  void remove(const Poco::Net::StreamSocket& socket);

 private:
  using Time = std::chrono::steady_clock::time_point;
  /// A descriptor of our own of the same connection: the other may be closed, and its number given to
  /// somebody else, at any moment.
  struct Watched {
    int descriptor = -1;
    std::optional<Time> deadline;
  };

  void run(const std::stop_token& stop);
  std::optional<Time> earliest() const;
  void end_overdue(Time now);

  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool idle_ = true;  ///< the thread knows of no deadline
  std::unordered_map<const Poco::Net::SocketImpl*, Watched> watched_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace ccms::server
