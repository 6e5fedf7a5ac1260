#include "host-sim/web/local_web.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>

#include <signal.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

namespace ccms::host_sim {
namespace {

constexpr std::streamsize kLargestBody = 1024 * 1024;

std::string content_type_of(const std::filesystem::path& file) {
  static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                        {".js", "text/javascript"},
                                                        {".css", "text/css"},
                                                        {".svg", "image/svg+xml"},
                                                        {".png", "image/png"},
                                                        {".json", "application/json"},
                                                        {".woff2", "font/woff2"}};
  const auto found = types.find(file.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

WebResponse problem(int status, const std::string& message) {
  return {status, nlohmann::json{{"error", {{"message", message}}}}.dump(), "application/json", {}};
}

std::string read_body(std::istream& stream) {
  std::string body;
  std::string chunk(64 * 1024, '\0');
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || stream.gcount() > 0) {
    body.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (static_cast<std::streamsize>(body.size()) > kLargestBody)
      throw std::runtime_error("the body is too large");
  }
  return body;
}

bool is_local(const std::string& host) {
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

/// What stands before the port of "host:port".
std::string host_of(const std::string& authority) {
  const auto colon = authority.rfind(':');
  const bool has_port = colon != std::string::npos && authority.find(']', colon) == std::string::npos;
  return has_port ? authority.substr(0, colon) : authority;
}

}  // namespace

bool asked_by_own_page(const std::string& host, const std::string& origin, const std::string& address) {
  const auto name = host_of(host);
  if (!is_local(name) && name != address) return false;
  return origin.empty() || origin == "http://" + host;
}

struct LocalWeb::Impl {
  class Handler;
  class Factory;

  WebResponse answer(WebRequest request) const {
    for (const auto& route : routes) {
      const bool below = route.path.back() == '/';
      if (route.method != request.method) continue;
      if (below ? !request.path.starts_with(route.path) : request.path != route.path) continue;
      if (below) request.rest = request.path.substr(route.path.size());
      return route.answer(request);
    }
    if (request.method == "GET")
      if (auto file = file_answer(request.path)) return *std::move(file);
    return problem(404, request.method + " " + request.path + " is not here");
  }

  std::optional<WebResponse> file_answer(const std::string& path) const {
    if (settings.web_root.empty()) return std::nullopt;
    const auto root = std::filesystem::weakly_canonical(settings.web_root);
    auto file = std::filesystem::weakly_canonical(root / path.substr(1));
    if (std::filesystem::is_directory(file)) file /= "index.html";
    const bool inside = std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
    std::ifstream input(file, std::ios::binary);
    if (!inside || !input || !std::filesystem::is_regular_file(file)) return std::nullopt;
    return WebResponse{200, {std::istreambuf_iterator<char>(input), {}}, content_type_of(file), {}};
  }

  Settings settings;
  std::vector<WebRoute> routes;
  Poco::ThreadPool threads{2, 16};
  std::unique_ptr<Poco::Net::HTTPServer> server;
};

class LocalWeb::Impl::Handler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit Handler(const Impl& web) : web_(web) {}

  void handleRequest(Poco::Net::HTTPServerRequest& request,
                     Poco::Net::HTTPServerResponse& response) override {
    WebResponse answer;
    try {
      if (!asked_by_own_page(request.get("Host", ""), request.get("Origin", ""), web_.settings.address))
        return send(problem(403, "only the pages that come from here may ask"), response);
      const Poco::URI uri(request.getURI());
      WebRequest incoming{request.getMethod(), uri.getPath(), {}, {}, read_body(request.stream())};
      for (const auto& [name, value] : uri.getQueryParameters()) incoming.query[name] = value;
      answer = web_.answer(std::move(incoming));
    } catch (const std::exception& failure) {
      answer = problem(500, failure.what());
    }
    send(answer, response);
  }

 private:
  static void send(const WebResponse& answer, Poco::Net::HTTPServerResponse& response) {
    response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(answer.status));
    response.setContentType(answer.content_type);
    response.set("Cache-Control", "no-store");
    for (const auto& [name, value] : answer.headers) response.add(name, value);
    response.sendBuffer(answer.body.data(), answer.body.size());
  }

  const Impl& web_;
};

class LocalWeb::Impl::Factory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(const Impl& web) : web_(web) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new Handler(web_);  // the server owns it
  }

 private:
  const Impl& web_;
};

LocalWeb::LocalWeb(Settings settings, std::vector<WebRoute> routes) : impl_(std::make_unique<Impl>()) {
  impl_->settings = std::move(settings);
  impl_->routes = std::move(routes);
  Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
  params->setKeepAlive(false);
  params->setMaxThreads(16);
  params->setMaxQueued(256);
  try {
    Poco::Net::ServerSocket socket;
    // Without SO_REUSEPORT, which Poco sets unless told otherwise: a port that is taken has to be an error.
    socket.bind(Poco::Net::SocketAddress(impl_->settings.address, impl_->settings.port), true, false);
    socket.listen();
    impl_->server =
        std::make_unique<Poco::Net::HTTPServer>(new Impl::Factory(*impl_), impl_->threads, socket, params);
  } catch (const Poco::Exception& failure) {
    throw std::runtime_error("cannot listen on " + impl_->settings.address + ":" +
                             std::to_string(impl_->settings.port) + ": " + failure.displayText());
  }
  impl_->server->start();
}

LocalWeb::~LocalWeb() {
  impl_->server->stopAll(true);
  impl_->threads.joinAll();
}

std::string LocalWeb::url() const {
  return "http://" + impl_->settings.address + ":" + std::to_string(impl_->server->port());
}

namespace {

sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void block_end_signals() {
  const auto signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void wait_for_end_signal() {
  const auto signals = end_signals();
  int received = 0;
  sigwait(&signals, &received);
}

}  // namespace ccms::host_sim
