// Does a clerk notice the network? create_ticket with a server that is up, and with one that is black-holed
// (its queue of connections is full and never taken from), hanging (accepts and never answers) and absent;
// each p50 and p99 as a ratio of the figure with the server up. The four tills run in turn, ticket by ticket,
// so that they share whatever else the machine does. Options: --dir FOLDER, --count N.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>

#include "bench/till_bench.h"

namespace {

using namespace ccms;

/// A listening socket on loopback.
class Listener {
 public:
  explicit Listener(int backlog) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd_, raw, size) != 0 || ::listen(fd_, backlog) != 0 || ::getsockname(fd_, raw, &size) != 0) {
      throw std::runtime_error(std::strerror(errno));
    }
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { ::close(fd_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int fd() const { return fd_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// Connections that nobody takes, until the kernel queues no more: further ones hang in connecting.
  void fill_queue() {
    for (int i = 0; i < 4; ++i) {
      fillers_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      address.sin_port = htons(port_);
      static_cast<void>(::connect(fillers_.back(), reinterpret_cast<sockaddr*>(&address), sizeof address));
    }
  }

 private:
  int fd_;
  std::uint16_t port_ = 0;
  std::vector<int> fillers_;
};

/// Takes connections and says nothing.
class HangingServer {
 public:
  HangingServer() : listener_(64), thread_([this] { accept_all(); }) {}
  ~HangingServer() {
    ::shutdown(listener_.fd(), SHUT_RDWR);
    thread_.join();
    for (const int connection : connections_) ::close(connection);
  }
  std::string url() const { return listener_.url(); }

 private:
  void accept_all() {
    for (;;) {
      const int connection = ::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      connections_.push_back(connection);
    }
  }
  Listener listener_;
  std::vector<int> connections_;
  std::thread thread_;
};

/// A till under one condition of the network, and its figures.
struct Condition {
  const char* name;
  std::unique_ptr<test::PluginHost> host;
  std::vector<bench::Microseconds> samples;
};

Condition make_condition(const char* name, const std::filesystem::path& folder, const std::string& url) {
  Condition condition{name, std::make_unique<test::PluginHost>(), {}};
  auto config = test::PluginHost::config(folder, url);
  config["sync"] = {{"first_retry_ms", 200}, {"max_retry_ms", 2000}};  // keeps the worker trying all the time
  condition.host->open(config);
  return condition;
}

void print(const Condition& condition, const Condition& online) {
  const auto p50 = bench::percentile(condition.samples, 0.5);
  const auto p99 = bench::percentile(condition.samples, 0.99);
  std::printf("%-10s p50 %6.0f us (ratio %.2f)   p99 %6.0f us (ratio %.2f)\n", condition.name, p50.count(),
              p50 / bench::percentile(online.samples, 0.5), p99.count(),
              p99 / bench::percentile(online.samples, 0.99));
}

void run(const std::filesystem::path& folder, int count) {
  bench::OnlineTill online(folder / "online");
  const HangingServer hanging;
  Listener black_hole(1);
  black_hole.fill_queue();
  for (const auto* name : {"black-hole", "hanging", "absent"}) bench::enrol_till(folder / name);

  std::vector<Condition> conditions;
  conditions.push_back(make_condition("online", folder / "online", online.url()));
  conditions.push_back(make_condition("black-hole", folder / "black-hole", black_hole.url()));
  conditions.push_back(make_condition("hanging", folder / "hanging", hanging.url()));
  conditions.push_back(make_condition("absent", folder / "absent", "http://127.0.0.1:9"));
  for (int i = 0; i < count; ++i) {
    for (std::size_t turn = 0; turn < conditions.size(); ++turn) {
      // Each in turn comes first: whoever follows the online till shares the disk with that one's worker.
      auto& condition = conditions[(turn + static_cast<std::size_t>(i)) % conditions.size()];
      const auto request = bench::ticket_request(i);
      condition.samples.push_back(bench::timed([&] { bench::create_ticket(*condition.host, request); }));
    }
  }
  for (const auto& condition : conditions) print(condition, conditions.front());
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = bench::work_folder(argc, argv);
  int status = 0;
  try {
    run(folder, bench::number_option(argc, argv, "--count", 500));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench_till_networks: %s\n", failure.what());
    status = 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}
