#pragma once

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace ccms::test {

/// An SMS gateway that answers every request with one status, which a test may change, and remembers the
/// requests.
class StubGateway {
 public:
  StubGateway() : server_(new Factory(*this), socket(), params()) { server_.start(); }
  ~StubGateway() { server_.stopAll(true); }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/cgi-bin/sendsms";
  }
  void answer_with(int status) { status_ = status; }
  std::vector<std::string> targets() const {
    const std::lock_guard lock(mutex_);
    return targets_;
  }

 private:
  struct Handler final : Poco::Net::HTTPRequestHandler {
    explicit Handler(StubGateway& owner) : owner_(owner) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
      {
        const std::lock_guard lock(owner_.mutex_);
        owner_.targets_.push_back(request.getURI());
      }
      response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(owner_.status_.load()));
      response.setContentLength(0);
      response.send();
    }
    StubGateway& owner_;
  };
  struct Factory final : Poco::Net::HTTPRequestHandlerFactory {
    explicit Factory(StubGateway& owner) : owner_(owner) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
      return new Handler(owner_);
    }
    StubGateway& owner_;
  };

  static Poco::Net::ServerSocket socket() {
    return Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0));
  }
  static Poco::Net::HTTPServerParams::Ptr params() {
    Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
    params->setKeepAlive(false);
    return params;
  }

  mutable std::mutex mutex_;
  std::vector<std::string> targets_;
  std::atomic<int> status_{202};
  Poco::Net::HTTPServer server_;
};

}  // namespace ccms::test
