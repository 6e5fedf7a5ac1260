#pragma once

#include <Poco/String.h>
#include <Poco/URI.h>

#include "tests/plugin/till_fixture.h"
#include "tests/server/support/server_under_test.h"

namespace ccms::test {

/// The till's requests, handed to the server as its HTTP listener would.
class WholeServerApi final : public plugin::sync::ServerApi {
 public:
  explicit WholeServerApi(ServerUnderTest& server) : server_(server) {}

  domain::Result<plugin::sync::HttpResponse> send(const plugin::sync::HttpRequest& request) override {
    if (down) return domain::Error{"network", "as arranged", {}};
    const Poco::URI target(request.path);
    server::Request taken;
    taken.method = request.method;
    taken.target = request.path;
    taken.path = target.getPath();
    for (const auto& [name, value] : target.getQueryParameters()) taken.query.emplace_back(name, value);
    for (const auto& [name, value] : request.headers) taken.headers.emplace_back(name, value);
    taken.body = request.body;
    const auto answer = server_.send(taken);
    if (loses_answers) return domain::Error{"network", "as arranged, on the way back", {}};
    plugin::sync::HttpResponse response{answer.status, answer.body, {}};
    for (const auto& [name, value] : answer.headers) response.headers[Poco::toLower(name)] = value;
    return response;
  }
  void abort() noexcept override {}
  void resume() noexcept override {}

  bool down = false;
  bool loses_answers = false;  ///< the server hears and does; the till never learns of it

 private:
  ServerUnderTest& server_;
};

}  // namespace ccms::test
