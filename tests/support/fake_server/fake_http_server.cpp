#include "tests/support/fake_server/fake_http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace ccms::test {
namespace {

using Request = FakeServer::Request;
using Response = FakeServer::Response;

/// Reads a whole request; false when the client goes away first.
bool read_request(int connection, Request& request) {
  std::string bytes;
  char buffer[16 * 1024];
  std::size_t head_end = std::string::npos;
  std::size_t length = 0;
  while (head_end == std::string::npos || bytes.size() < head_end + 4 + length) {
    const auto count = ::recv(connection, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    bytes.append(buffer, static_cast<std::size_t>(count));
    if (head_end != std::string::npos) continue;
    head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string::npos) continue;
    std::size_t line = bytes.find("\r\n");
    const std::string first = bytes.substr(0, line);
    request.method = first.substr(0, first.find(' '));
    request.path = first.substr(first.find(' ') + 1, first.rfind(' ') - first.find(' ') - 1);
    while (line < head_end) {
      const auto next = bytes.find("\r\n", line + 2);
      const auto text = bytes.substr(line + 2, next - line - 2);
      const auto colon = text.find(": ");
      request.headers[text.substr(0, colon)] = text.substr(colon + 2);
      line = next;
    }
    if (request.headers.contains("Content-Length")) length = std::stoul(request.headers["Content-Length"]);
  }
  request.body = bytes.substr(head_end + 4, length);
  return true;
}

void send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// Sends a byte now and then until the client has had enough.
void drip(int connection, std::string_view beginning) {
  constexpr int kPauseMs = 20;
  send_all(connection, beginning);
  pollfd client{connection, POLLRDHUP, 0};
  while (::poll(&client, 1, kPauseMs) == 0) {
    if (::send(connection, "a", 1, MSG_NOSIGNAL) <= 0) return;
  }
}

std::string to_bytes(const Response& response) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " Status\r\nConnection: close\r\n";
  for (const auto& [name, value] : response.headers) bytes += name + ": " + value + "\r\n";
  if (response.status != 304) bytes += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  return bytes + "\r\n" + response.body;
}

}  // namespace

FakeHttpServer::FakeHttpServer(FakeServer& server) : server_(server) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const auto raw = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, raw, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, raw, &size) != 0) {
    throw std::runtime_error(std::string("fake server: ") + std::strerror(errno));
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_connections(); });
}

FakeHttpServer::~FakeHttpServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
  }
  for (auto& thread : threads_) thread.join();
  for (const int connection : connections_) ::close(connection);
  ::close(listener_);
}

void FakeHttpServer::set_fault_plan(FaultPlan plan) {
  const std::lock_guard lock(mutex_);
  plan_ = std::move(plan);
}

void FakeHttpServer::accept_connections() {
  for (;;) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    {
      const std::lock_guard lock(mutex_);
      connections_.push_back(connection);
    }
    threads_.emplace_back([this, connection] { serve(connection); });
  }
}

void FakeHttpServer::serve(int connection) {
  Request request;
  if (read_request(connection, request)) {
    Fault fault = Fault::none;
    {
      const std::lock_guard lock(mutex_);
      if (plan_) fault = plan_(request);
    }
    if (fault == Fault::hang) return;  // stays open, without an answer, until the end
    if (fault == Fault::drip_header) {
      drip(connection, "HTTP/1.1 200 OK\r\nX-Endless: ");
    } else if (fault == Fault::drip_body) {
      drip(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    } else if (fault != Fault::refuse) {
      const auto bytes = to_bytes(server_.handle(request, fault));
      if (fault == Fault::cut_answer)
        send_all(connection, std::string_view(bytes).substr(0, bytes.size() - 5));
      if (fault != Fault::cut_answer && fault != Fault::lose_answer) send_all(connection, bytes);
    }
  }
  ::shutdown(connection, SHUT_RDWR);
}

}  // namespace ccms::test
