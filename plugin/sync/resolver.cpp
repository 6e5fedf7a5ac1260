#include "plugin/sync/resolver.h"

#include <netdb.h>

#include <Poco/Net/IPAddress.h>

#include <memory>

namespace ccms::plugin::sync {
namespace {

using Addresses = std::vector<Poco::Net::SocketAddress>;
constexpr std::chrono::milliseconds kSlice{50};

/// A query that the C library works on in its own thread, with all the memory that it points to.
struct Query {
  std::string host;
  std::string port;
  addrinfo hints{};
  gaicb block{};

  Query(std::string name, std::uint16_t number) : host(std::move(name)), port(std::to_string(number)) {
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    block.ar_name = host.c_str();
    block.ar_service = port.c_str();
    block.ar_request = &hints;
  }
  ~Query() {
    if (block.ar_result != nullptr) freeaddrinfo(block.ar_result);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
};

bool wait(const Query& query, std::chrono::milliseconds timeout, const std::function<bool()>& aborted) {
  const gaicb* const list[] = {&query.block};
  const timespec slice{0, std::chrono::nanoseconds(kSlice).count()};
  for (auto waited = std::chrono::milliseconds(0); waited < timeout && !aborted(); waited += kSlice) {
    gai_suspend(list, 1, &slice);
    if (gai_error(const_cast<gaicb*>(&query.block)) != EAI_INPROGRESS) return true;
  }
  return false;
}

Addresses addresses_of(const addrinfo* found) {
  Addresses addresses;
  for (; found != nullptr; found = found->ai_next) {
    if (found->ai_family != AF_INET && found->ai_family != AF_INET6) continue;
    addresses.emplace_back(found->ai_addr, found->ai_addrlen);
  }
  return addresses;
}

}  // namespace

Addresses resolve(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout,
                  const std::function<bool()>& aborted) {
  if (Poco::Net::IPAddress literal; Poco::Net::IPAddress::tryParse(host, literal)) return {{literal, port}};
  auto query = std::make_unique<Query>(host, port);
  gaicb* list[] = {&query->block};
  if (getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0) return {};
  if (wait(*query, timeout, aborted)) {
    return gai_error(&query->block) == 0 ? addresses_of(query->block.ar_result) : Addresses();
  }
  // A query that the resolver thread is busy with cannot be taken back, so its memory is left to it. This
  // costs a few hundred bytes for each name server that does not answer.
  if (gai_cancel(&query->block) != EAI_CANCELED && gai_error(&query->block) == EAI_INPROGRESS) {
    static_cast<void>(query.release());
  }
  return {};
}

}  // namespace ccms::plugin::sync
