#include "server/http/http_server.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/String.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "core/crypto/digest.h"
#include "core/crypto/random.h"
#include "server/http/header_watch.h"
#include "server/http/problem.h"
#include "server/http/watched_connections.h"

namespace ccms::server {
namespace {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

constexpr int kBacklog = 1024;
constexpr int kMaxQueued = 1024;
constexpr int kMaxKeepAliveRequests = 100;
const Poco::Timespan kKeepAliveTimeout(3, 0);  // an idle connection holds a thread for this long
const Poco::Timespan kRequestTimeout(30, 0);

struct BodyRefused {
  Response answer;
};

BodyRefused too_large(std::size_t limit) {
  return {problem(413, domain::Error{"body_too_large", "at most " + std::to_string(limit) + " bytes", ""})};
}

/// Where a body ends must be told once and in a way that everybody reads alike. Of two answers Poco would
/// silently prefer one, and a proxy before us perhaps the other: request smuggling.
void refuse_unclear_length(const HTTPServerRequest& incoming) {
  int lengths = 0;
  for (const auto& [name, value] : incoming) {
    const bool is_coding = Poco::icompare(name, "Transfer-Encoding") == 0;
    if (is_coding && Poco::icompare(value, "chunked") != 0)
      throw BodyRefused{
          problem(501, domain::Error{"unknown_coding", "no Transfer-Encoding but chunked is known", ""})};
    if (is_coding || Poco::icompare(name, "Content-Length") == 0) ++lengths;
  }
  if (lengths > 1)
    throw BodyRefused{problem(400, domain::Error{"two_lengths", "the body's length is told twice", ""})};
}

std::string read_body(HTTPServerRequest& incoming, std::size_t limit, std::chrono::seconds time) {
  refuse_unclear_length(incoming);
  const bool has_length = incoming.hasContentLength();
  if (has_length && incoming.getContentLength64() > static_cast<Poco::Int64>(limit)) throw too_large(limit);
  if (!has_length && !incoming.getChunkedTransferEncoding()) return {};
  std::string body;
  std::array<char, 16 * 1024> chunk{};
  auto& stream = incoming.stream();
  // Piece by piece as they arrive: somebody who sends a byte now and then must not hold a thread for hours.
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (stream.peek() != std::istream::traits_type::eof()) {
    const auto count = stream.readsome(chunk.data(), chunk.size());
    body.append(chunk.data(), static_cast<std::size_t>(count));
    if (body.size() > limit) throw too_large(limit);
    if (std::chrono::steady_clock::now() >= deadline)
      throw BodyRefused{problem(408, domain::Error{"body_too_slow", "the body took too long", ""})};
  }
  if (has_length && body.size() != static_cast<std::size_t>(incoming.getContentLength64())) {
    throw BodyRefused{problem(400, domain::Error{"body_cut_short", "the body ended early", ""})};
  }
  return body;
}

/// What a trusted proxy says of the client stands last, after a comma or in a line of its own: what is before
/// are the client's own words.
std::optional<std::string> last_forwarded(const HTTPServerRequest& incoming, const std::string& name) {
  std::optional<std::string> last;
  for (const auto& [key, value] : incoming) {
    if (Poco::icompare(key, name) == 0) last = value;
  }
  if (last) *last = Poco::trim(last->substr(last->rfind(',') + 1));
  return last;
}

/// All but what the address says, which may be unreadable: a refusal has an id and somebody it was for.
Request translate(const HTTPServerRequest& incoming, const HttpConfig& config) {
  Request request;
  request.request_id = crypto::hex_encode(crypto::random_bytes(8));
  request.method = incoming.getMethod();
  request.target = incoming.getURI();
  for (const auto& [name, value] : incoming) request.headers.emplace_back(name, value);
  request.remote_address = incoming.clientAddress().host().toString();
  request.secure = config.tls();
  const auto& trusted = config.trusted_proxies;
  if (std::find(trusted.begin(), trusted.end(), request.remote_address) != trusted.end()) {
    if (const auto client = last_forwarded(incoming, "X-Forwarded-For")) request.remote_address = *client;
    if (const auto scheme = last_forwarded(incoming, "X-Forwarded-Proto"))
      request.secure = *scheme == "https";
  }
  return request;
}

/// Throws Poco::SyntaxException.
void read_address(Request& request) {
  const Poco::URI uri(request.target);
  request.path = uri.getPath();
  for (const auto& [name, value] : uri.getQueryParameters()) request.query.emplace_back(name, value);
}

void send(const Response& response, const Request& request, HTTPServerResponse& outgoing) {
  outgoing.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
  outgoing.set("X-Content-Type-Options", "nosniff");
  if (!response.content_type.empty()) outgoing.setContentType(response.content_type);
  for (const auto& [name, value] : response.headers) outgoing.add(name, value);
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) outgoing.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
  if (!outgoing.has("Cache-Control")) outgoing.set("Cache-Control", "no-store");
  if (bodiless || request.method == "HEAD") {
    outgoing.send();
  } else {
    outgoing.sendBuffer(response.body.data(), response.body.size());
  }
}

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  Handler(const HttpConfig& config, const Dispatcher& dispatcher, HeaderWatch& watch)
      : config_(config), dispatcher_(dispatcher), watch_(watch) {}

  void handleRequest(HTTPServerRequest& incoming, HTTPServerResponse& outgoing) override {
    const auto& socket = static_cast<Poco::Net::HTTPServerRequestImpl&>(incoming).socket();
    if (!watch_.settle(socket)) return outgoing.setKeepAlive(false);
    answer(incoming, outgoing);
    watch_.expect(socket);
  }

 private:
  void answer(HTTPServerRequest& incoming, HTTPServerResponse& outgoing) {
    const auto began = std::chrono::steady_clock::now();
    Request request = translate(incoming, config_);
    const auto refuse = [&](const Response& refusal) {
      // The rest of the body stays unread, so the connection cannot be used again.
      outgoing.setKeepAlive(false);
      send(dispatcher_.refuse(request, refusal, began), request, outgoing);
    };
    try {
      read_address(request);
      request.body = read_body(incoming, dispatcher_.max_body_bytes(request), config_.body_time);
    } catch (const BodyRefused& refused) {
      return refuse(refused.answer);
    } catch (const Poco::SyntaxException&) {
      return refuse(problem(400, domain::Error{"bad_address", "the address cannot be read", ""}));
    }
    send(dispatcher_.dispatch(request), request, outgoing);
  }

  const HttpConfig& config_;
  const Dispatcher& dispatcher_;
  HeaderWatch& watch_;
};

class Handlers : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  Handlers(const HttpConfig& config, const Dispatcher& dispatcher, HeaderWatch& watch)
      : config_(config), dispatcher_(dispatcher), watch_(watch) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new Handler(config_, dispatcher_, watch_);  // Poco deletes it
  }

  /// Every connection ends as soon as its running request is answered.
  void end_connections() { serverStopped(this, false); }

 private:
  const HttpConfig& config_;
  const Dispatcher& dispatcher_;
  HeaderWatch& watch_;
};

Poco::Net::ServerSocket socket_for(const HttpConfig& config) {
  if (!config.tls()) return {};
  Poco::Net::Context::Ptr context(new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE,
                                                         config.key.string(), config.certificate.string(), "",
                                                         Poco::Net::Context::VERIFY_NONE));
  context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
  return Poco::Net::SecureServerSocket(context);
}

/// The system's own text has the address in it once more.
std::string reason_of(const Poco::Exception& failure) {
  return failure.code() > 0 ? std::generic_category().message(failure.code()) : failure.what();
}

Poco::Net::ServerSocket listen(const HttpConfig& config) {
  auto socket = socket_for(config);
  try {
    // Without SO_REUSEPORT, which Poco sets unless told otherwise: two servers would share the port without a
    // word, and the tills' captures would be split over two databases.
    socket.bind(Poco::Net::SocketAddress(config.address, config.port), true, false);
    socket.listen(kBacklog);
  } catch (const Poco::Exception& failure) {
    throw std::runtime_error("cannot listen on " + config.address + ":" + std::to_string(config.port) + ": " +
                             reason_of(failure));
  }
  return socket;
}

Poco::Net::HTTPServerParams::Ptr params(const HttpConfig& config) {
  Poco::Net::HTTPServerParams::Ptr params(new Poco::Net::HTTPServerParams);
  params->setMaxThreads(static_cast<int>(config.threads));
  params->setMaxQueued(kMaxQueued);
  params->setKeepAlive(true);
  params->setKeepAliveTimeout(kKeepAliveTimeout);
  params->setMaxKeepAliveRequests(kMaxKeepAliveRequests);
  params->setTimeout(kRequestTimeout);
  return params;
}

}  // namespace

struct HttpServer::Parts {
  Parts(const HttpConfig& given, const Dispatcher& dispatcher)
      : config(given),
        socket(listen(config)),
        port(socket.address().port()),
        // The pool's capacity silently limits the server's threads: keep it above.
        pool("http", 4, static_cast<int>(config.threads) + 4),
        watch(config.header_time),
        parameters(params(config)),
        handlers(new Handlers(config, dispatcher, watch)),
        server(new WatchedConnections(parameters, handlers, watch), pool, socket, parameters) {}

  HttpConfig config;
  Poco::Net::ServerSocket socket;
  const std::uint16_t port;
  Poco::ThreadPool pool;
  HeaderWatch watch;
  Poco::Net::HTTPServerParams::Ptr parameters;
  Poco::SharedPtr<Handlers> handlers;
  Poco::Net::TCPServer server;
  bool running = false;
};

HttpServer::HttpServer(const HttpConfig& config, const Dispatcher& dispatcher)
    : parts_(std::make_unique<Parts>(config, dispatcher)) {}

HttpServer::~HttpServer() { stop(); }

void HttpServer::start() {
  parts_->server.start();
  parts_->running = true;
}

void HttpServer::stop() {
  if (!parts_->running) return;
  parts_->running = false;
  parts_->server.stop();
  parts_->handlers->end_connections();
  // Else newcomers would wait in the backlog for an answer that never comes.
  parts_->socket.close();
  parts_->pool.joinAll();
}

std::uint16_t HttpServer::port() const { return parts_->port; }

int HttpServer::refused_connections() const { return parts_->server.refusedConnections(); }

int HttpServer::current_connections() const { return parts_->server.currentConnections(); }

}  // namespace ccms::server
