#include "host-sim/net/fault_proxy.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>
#include <Poco/ThreadPool.h>

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace ccms::host_sim {
namespace {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

constexpr std::array<std::pair<NetworkFault, const char*>, 6> kNames{
    {{NetworkFault::kNone, "none"},
     {NetworkFault::kCut, "cut"},
     {NetworkFault::kHang, "hang"},
     {NetworkFault::kDropAnswer, "drop_answer"},
     {NetworkFault::kSlow, "slow"},
     {NetworkFault::kServerError, "error_500"}}};

void close_connection(HTTPServerRequest& request) {
  auto& socket = dynamic_cast<Poco::Net::HTTPServerRequestImpl&>(request).socket();
  try {
    socket.shutdown();
  } catch (const Poco::Exception&) {
    // The other side has gone already, which is what was wanted.
  }
}

}  // namespace

NetworkFault network_fault_from(const std::string& name) {
  for (const auto& [fault, known] : kNames)
    if (name == known) return fault;
  throw std::runtime_error("'" + name +
                           "' is not a network fault (none, cut, hang, drop_answer, slow, error_500)");
}

const char* name_of(NetworkFault fault) {
  for (const auto& [known, name] : kNames)
    if (known == fault) return name;
  return "none";
}

const char* name_of(RequestStage stage) {
  switch (stage) {
    case RequestStage::kReceived:
      return "received";
    case RequestStage::kPassedOn:
      return "passed_on";
    case RequestStage::kServed:
      return "served";
    case RequestStage::kHalfAnswered:
      return "half_answered";
  }
  return "";
}

struct FaultProxy::Impl {
  class Handler;
  class Factory;

  Impl(Settings given, Plan fault_plan);

  /// Waits until the proxy stops, or for the time given; true when it stops.
  bool wait_for_stop(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, longest, [this] { return stopped; });
  }

  /// Called by each request at each stage; stays as long as it is the one to be stopped here.
  void reached(const std::string& path, RequestStage stage) {
    std::unique_lock lock(mutex);
    if (!stop || stop->reached || stop->stage != stage || stop->path != path) return;
    stop->reached = true;
    changed.notify_all();
    changed.wait(lock, [this] { return stopped || !stop; });
  }

  /// The order to stop a request.
  struct Stop {
    std::string path;
    RequestStage stage;
    bool reached = false;
  };

  Settings settings;
  Plan plan;
  mutable std::mutex mutex;
  std::condition_variable changed;
  bool stopped = false;
  std::optional<Stop> stop;
  std::map<NetworkFault, std::uint64_t> counts;
  Poco::ThreadPool threads{2, 32};
  std::unique_ptr<Poco::Net::HTTPServer> server;
};

class FaultProxy::Impl::Handler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit Handler(Impl& proxy) : proxy_(proxy) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    const NetworkFault fault = proxy_.plan();
    {
      const std::lock_guard lock(proxy_.mutex);
      ++proxy_.counts[fault];
    }
    try {
      serve(fault, request, response);
    } catch (const std::exception&) {
      close_connection(request);  // the server is away: the till sees a broken connection
    }
  }

 private:
  void serve(NetworkFault fault, HTTPServerRequest& request, HTTPServerResponse& response) {
    switch (fault) {
      case NetworkFault::kCut:
        return close_connection(request);
      case NetworkFault::kHang:
        proxy_.wait_for_stop(std::chrono::hours(1));
        return close_connection(request);
      case NetworkFault::kServerError:
        response.setStatus(HTTPServerResponse::HTTP_INTERNAL_SERVER_ERROR);
        response.setContentLength(0);
        response.send();
        return;
      case NetworkFault::kSlow:
        proxy_.wait_for_stop(proxy_.settings.slow_delay);
        return pass_on(request, response, true);
      case NetworkFault::kDropAnswer:
        pass_on(request, response, false);
        return close_connection(request);
      case NetworkFault::kNone:
        return pass_on(request, response, true);
    }
  }

  void pass_on(HTTPServerRequest& request, HTTPServerResponse& response, bool answer) {
    std::string body;
    Poco::StreamCopier::copyToString(request.stream(), body);
    const std::string& path = request.getURI();
    proxy_.reached(path, RequestStage::kReceived);
    Poco::Net::HTTPClientSession upstream(proxy_.settings.upstream_host, proxy_.settings.upstream_port);
    upstream.setTimeout(Poco::Timespan(30, 0));
    Poco::Net::HTTPRequest forwarded(request.getMethod(), request.getURI(), Poco::Net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : request) forwarded.set(name, value);
    forwarded.setKeepAlive(false);
    (upstream.sendRequest(forwarded) << body).flush();
    proxy_.reached(path, RequestStage::kPassedOn);
    Poco::Net::HTTPResponse upstream_response;
    std::string reply;
    Poco::StreamCopier::copyToString(upstream.receiveResponse(upstream_response), reply);
    proxy_.reached(path, RequestStage::kServed);
    if (!answer) return;
    for (const auto& [name, value] : upstream_response) response.set(name, value);
    response.setStatusAndReason(upstream_response.getStatus(), upstream_response.getReason());
    response.setKeepAlive(false);
    response.setChunkedTransferEncoding(false);
    if (upstream_response.getStatus() != HTTPServerResponse::HTTP_NOT_MODIFIED)
      response.setContentLength64(static_cast<Poco::Int64>(reply.size()));
    const std::string_view bytes(reply);
    auto& out = response.send();
    (out << bytes.substr(0, bytes.size() / 2)).flush();
    proxy_.reached(path, RequestStage::kHalfAnswered);
    out << bytes.substr(bytes.size() / 2);
  }

  Impl& proxy_;
};

class FaultProxy::Impl::Factory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Impl& proxy) : proxy_(proxy) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new Handler(proxy_);  // the server owns it
  }

 private:
  Impl& proxy_;
};

FaultProxy::Impl::Impl(Settings given, Plan fault_plan)
    : settings(std::move(given)), plan(std::move(fault_plan)) {
  Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
  params->setKeepAlive(false);
  params->setMaxThreads(32);
  params->setMaxQueued(256);
  Poco::Net::ServerSocket socket;
  // Without SO_REUSEPORT, which Poco sets unless told otherwise: a port that is taken has to be an error.
  socket.bind(Poco::Net::SocketAddress("127.0.0.1", settings.listen_port), true, false);
  socket.listen();
  server = std::make_unique<Poco::Net::HTTPServer>(new Factory(*this), threads, socket, params);
  server->start();
}

FaultProxy::FaultProxy(Settings settings, Plan plan)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(plan))) {}

FaultProxy::~FaultProxy() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopped = true;
  }
  impl_->changed.notify_all();
  impl_->server->stopAll(true);
  impl_->threads.joinAll();
}

std::uint16_t FaultProxy::port() const noexcept { return impl_->server->port(); }

std::string FaultProxy::url() const { return "http://127.0.0.1:" + std::to_string(port()); }

std::map<NetworkFault, std::uint64_t> FaultProxy::counts() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->counts;
}

void FaultProxy::stop_next(const std::string& path, RequestStage stage) {
  const std::lock_guard lock(impl_->mutex);
  impl_->stop = Impl::Stop{path, stage};
}

bool FaultProxy::wait_for_stopped(std::chrono::milliseconds longest) {
  std::unique_lock lock(impl_->mutex);
  return impl_->changed.wait_for(lock, longest, [this] { return impl_->stop && impl_->stop->reached; });
}

void FaultProxy::let_go() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stop.reset();
  }
  impl_->changed.notify_all();
}

}  // namespace ccms::host_sim
