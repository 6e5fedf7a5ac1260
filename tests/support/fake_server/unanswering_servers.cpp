#include "tests/support/fake_server/unanswering_servers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace ccms::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

}  // namespace

Listener::Listener(int backlog) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  auto address = loopback(0);
  socklen_t size = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  if (::bind(fd_, raw, size) != 0 || ::listen(fd_, backlog) != 0 || ::getsockname(fd_, raw, &size) != 0) {
    throw std::runtime_error(std::strerror(errno));
  }
  port_ = ntohs(address.sin_port);
}

Listener::~Listener() { ::close(fd_); }

BlackHoleServer::BlackHoleServer() {
  constexpr int kMoreThanTheKernelQueues = 4;
  const auto address = loopback(listener_.port());
  for (int i = 0; i < kMoreThanTheKernelQueues; ++i) {
    queued_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    // Either queued or still on its way: both are what is wanted.
    static_cast<void>(::connect(queued_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
  }
}

BlackHoleServer::~BlackHoleServer() {
  for (const int connection : queued_) ::close(connection);
}

HangingServer::HangingServer() : thread_([this] { accept_all(); }) {}

HangingServer::~HangingServer() {
  ::shutdown(listener_.fd(), SHUT_RDWR);
  thread_.join();
  for (const int connection : connections_) ::close(connection);
}

void HangingServer::accept_all() {
  for (;;) {
    const int connection = ::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    connections_.push_back(connection);
  }
}

}  // namespace ccms::test
