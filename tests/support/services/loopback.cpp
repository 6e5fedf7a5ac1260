#include "tests/support/services/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>

namespace ccms::test {
namespace {

constexpr std::uint16_t kFirstPort = 20000;
constexpr std::uint16_t kLastPort = 31999;

class Socket {
 public:
  explicit Socket(int family) : fd_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (fd_ < 0) throw std::runtime_error("cannot open a socket");
  }
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }
  void keep_open() { fd_ = -1; }

 private:
  int fd_;
};

sockaddr_in loopback_address(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool can_bind(std::uint16_t port) {
  const Socket socket(AF_INET);
  const sockaddr_in address = loopback_address(port);
  return ::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// A name in the abstract socket space belongs to one process and is given up by the kernel when that ends:
// a lock between test programs without a file to clean up. The socket is left open on purpose.
bool reserve(std::uint16_t port) {
  Socket socket(AF_UNIX);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = "ccms-test-port-" + std::to_string(port);
  name.copy(address.sun_path + 1, name.size());
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&address), length) != 0) return false;
  socket.keep_open();
  return true;
}

}  // namespace

std::uint16_t free_port() {
  std::random_device seed;  // programs that start together must not ask for the same ports in the same order
  std::uniform_int_distribution<int> any(kFirstPort, kLastPort);
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const auto port = static_cast<std::uint16_t>(any(seed));
    if (can_bind(port) && reserve(port)) return port;
  }
  throw std::runtime_error("no free port on 127.0.0.1");
}

bool accepts_connections(std::uint16_t port) {
  const Socket socket(AF_INET);
  const sockaddr_in address = loopback_address(port);
  return ::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace ccms::test
