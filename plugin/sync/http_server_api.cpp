#include "plugin/sync/http_server_api.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/String.h>

#include <istream>
#include <memory>
#include <ostream>
#include <utility>

#include "plugin/sync/deadline.h"
#include "plugin/sync/resolver.h"
#include "plugin/version.h"

namespace ccms::plugin::sync {
namespace {

using Poco::Net::HTTPClientSession;
using Poco::Net::StreamSocket;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kSlice{50};
constexpr std::size_t kResponseLimit = std::size_t{8} * 1024 * 1024;

Poco::Timespan timespan(std::chrono::milliseconds duration) { return {duration.count() * 1000}; }

Poco::Net::Context::Ptr tls_context(const std::filesystem::path& ca_file) {
  using Poco::Net::Context;
  Poco::Net::Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", "", ca_file.string(),
                                              Context::VERIFY_STRICT, 9, ca_file.empty()));
  context->enableExtendedCertificateVerification(true);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

// Poco's HTTPSClientSession cannot be made on a connected socket: it sets its port and so refuses itself. The
// plain session does as well, since it is the socket that encrypts.
std::unique_ptr<HTTPClientSession> session_on(const StreamSocket& socket, const std::string& host,
                                              const Poco::Net::Context::Ptr& tls) {
  if (tls.isNull()) return std::make_unique<HTTPClientSession>(socket);
  return std::make_unique<HTTPClientSession>(Poco::Net::SecureStreamSocket::attach(socket, host, tls));
}

Poco::Net::HTTPRequest head_of(const HttpRequest& request, const Poco::URI& url) {
  Poco::Net::HTTPRequest head(request.method, url.getPath() + request.path, Poco::Net::HTTPMessage::HTTP_1_1);
  head.setHost(url.getHost(), url.getPort());
  head.set("User-Agent", std::string("ccms-plugin/") + kPluginVersion);
  for (const auto& [name, value] : request.headers) head.set(name, value);
  if (!request.body.empty() || request.method == "POST") {
    head.setContentType("application/json");
    head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
  }
  return head;
}

std::string read_body(std::istream& stream) {
  std::string body;
  char buffer[16 * 1024];
  while (stream.read(buffer, sizeof buffer) || stream.gcount() > 0) {
    body.append(buffer, static_cast<std::size_t>(stream.gcount()));
    if (body.size() > kResponseLimit) throw Poco::Net::NetException("the answer is too large");
  }
  return body;
}

}  // namespace

class HttpServerApi::Reachable {
 public:
  Reachable(HttpServerApi& api, const StreamSocket& socket) : api_(api) {
    const std::lock_guard lock(api_.mutex_);
    api_.in_use_ = socket;
  }
  ~Reachable() {
    const std::lock_guard lock(api_.mutex_);
    api_.in_use_.reset();
  }
  Reachable(const Reachable&) = delete;
  Reachable& operator=(const Reachable&) = delete;

 private:
  HttpServerApi& api_;
};

domain::Result<std::unique_ptr<HttpServerApi>> HttpServerApi::create(const std::string& server_url,
                                                                     const std::filesystem::path& ca_file,
                                                                     HttpTimeouts timeouts) {
  Poco::URI url;
  try {
    url = server_url;
  } catch (const Poco::Exception&) {
    return domain::Error{"bad_value", "the server's URL cannot be read", "/server_url"};
  }
  const bool secure = url.getScheme() == "https";
  if ((!secure && url.getScheme() != "http") || url.getHost().empty()) {
    return domain::Error{"bad_value", "the server's URL must be http://… or https://…", "/server_url"};
  }
  while (!url.getPath().empty() && url.getPath().back() == '/')
    url.setPath(url.getPath().substr(0, url.getPath().size() - 1));
  try {
    return std::unique_ptr<HttpServerApi>(new HttpServerApi(
        std::move(url), secure ? tls_context(ca_file) : Poco::Net::Context::Ptr(), timeouts));
  } catch (const Poco::Exception& failure) {
    return domain::Error{"bad_value", "the certificates cannot be loaded: " + failure.displayText(),
                         "/ca_file"};
  }
}

HttpServerApi::HttpServerApi(Poco::URI url, Poco::Net::Context::Ptr tls, HttpTimeouts timeouts)
    : url_(std::move(url)), tls_(std::move(tls)), timeouts_(timeouts) {}

domain::Result<HttpResponse> HttpServerApi::send(const HttpRequest& request) {
  try {
    return exchange(request);
  } catch (const Poco::Exception& failure) {
    if (aborted_.load()) return domain::Error{"aborted", "the exchange was aborted", {}};
    if (is_given_up(request)) return domain::Error{"overtaken", "a newer request has taken its place", {}};
    return domain::Error{"network", failure.displayText(), {}};
  }
}

void HttpServerApi::abort() noexcept {
  aborted_.store(true);
  shut_down();
}

void HttpServerApi::shut_down() noexcept {
  const std::lock_guard lock(mutex_);
  if (!in_use_) return;
  try {
    in_use_->shutdown();  // wakes a blocked read or write; closing is left to the thread that uses it
  } catch (const Poco::Exception&) {
    // Not connected yet: `send` looks at the flag several times a second until it is.
  }
}

void HttpServerApi::resume() noexcept { aborted_.store(false); }

HttpResponse HttpServerApi::exchange(const HttpRequest& request) {
  const auto deadline = SteadyClock::now() + timeouts_.total;
  StreamSocket socket = connect(request);
  const Reachable reachable(*this, socket);
  std::atomic<bool> expired{false};
  const Deadline limit(deadline, [&] {
    expired.store(true);
    shut_down();
  });
  try {
    auto response = exchange_on(request, socket);
    // To a reader a connection that is shut looks like an answer that has ended.
    if (!expired.load()) return response;
  } catch (const Poco::Exception&) {
    if (!expired.load()) throw;
  }
  throw Poco::TimeoutException("the answer took too long");
}

HttpResponse HttpServerApi::exchange_on(const HttpRequest& request, StreamSocket& socket) {
  check_given_up(request);
  socket.setSendTimeout(timespan(timeouts_.silence));
  socket.setReceiveTimeout(timespan(timeouts_.silence));
  const auto session = session_on(socket, url_.getHost(), tls_);
  session->setTimeout(timespan(timeouts_.silence));
  auto head = head_of(request, url_);
  session->sendRequest(head) << request.body << std::flush;
  await_answer(request, socket);
  Poco::Net::HTTPResponse answer;
  std::istream& stream = session->receiveResponse(answer);
  HttpResponse response;
  response.status = answer.getStatus();
  response.body = read_body(stream);
  for (const auto& [name, value] : answer) response.headers[Poco::toLower(name)] = value;
  const auto announced = answer.getContentLength64();
  const bool complete = announced == Poco::Net::HTTPMessage::UNKNOWN_CONTENT_LENGTH ||
                        response.status == Poco::Net::HTTPResponse::HTTP_NOT_MODIFIED ||
                        static_cast<std::size_t>(announced) == response.body.size();
  if (!complete) throw Poco::Net::NetException("the answer was cut short");
  check_given_up(request);
  return response;
}

StreamSocket HttpServerApi::connect(const HttpRequest& request) {
  const auto addresses =
      resolve(url_.getHost(), url_.getPort(), timeouts_.resolve, [&] { return is_given_up(request); });
  check_given_up(request);
  if (addresses.empty()) throw Poco::Net::HostNotFoundException(url_.getHost());
  for (std::size_t i = 0; i + 1 < addresses.size(); ++i) {
    try {
      return connect_to(request, addresses[i]);
    } catch (const Poco::Exception&) {
      check_given_up(request);  // else the next address may answer
    }
  }
  return connect_to(request, addresses.back());
}

StreamSocket HttpServerApi::connect_to(const HttpRequest& request, const Poco::Net::SocketAddress& address) {
  StreamSocket socket;
  socket.connectNB(address);
  await_connection(request, socket);
  socket.setBlocking(true);
  socket.setNoDelay(true);
  return socket;
}

void HttpServerApi::await_connection(const HttpRequest& request, StreamSocket& socket) {
  const auto deadline = SteadyClock::now() + timeouts_.connect;
  while (!socket.poll(timespan(kSlice), Poco::Net::Socket::SELECT_WRITE | Poco::Net::Socket::SELECT_ERROR)) {
    check_given_up(request);
    if (SteadyClock::now() > deadline)
      throw Poco::TimeoutException("the server does not accept the connection");
  }
  int failure = 0;
  socket.impl()->getOption(SOL_SOCKET, SO_ERROR, failure);
  if (failure != 0) throw Poco::Net::ConnectionRefusedException("error " + std::to_string(failure));
}

void HttpServerApi::await_answer(const HttpRequest& request, StreamSocket& socket) const {
  const auto deadline = SteadyClock::now() + timeouts_.silence;
  while (!socket.poll(timespan(kSlice), Poco::Net::Socket::SELECT_READ | Poco::Net::Socket::SELECT_ERROR)) {
    check_given_up(request);
    if (SteadyClock::now() > deadline) throw Poco::TimeoutException("the server does not answer");
  }
}

bool HttpServerApi::is_given_up(const HttpRequest& request) const {
  return aborted_.load() || (request.gives_way && request.gives_way());
}

void HttpServerApi::check_given_up(const HttpRequest& request) const {
  if (is_given_up(request)) throw Poco::Net::ConnectionAbortedException("aborted");
}

}  // namespace ccms::plugin::sync
