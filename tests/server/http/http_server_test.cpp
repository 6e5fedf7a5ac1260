#include "server/http/http_server.h"

#include <Poco/Net/SocketStream.h>
#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>

#include <atomic>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stop_token>
#include <thread>
#include <vector>

#include "server/http/problem.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using server::Access;
using server::Request;
using server::Response;

/// The HTTP layer alone, with a few handlers of its own, spoken to in raw bytes.
class HttpServerTest : public ::testing::Test {
 protected:
  HttpServerTest() : dispatcher_(router_, log_, metrics_) {
    config_.port = 0;
    config_.threads = 8;
    config_.trusted_proxies = {};
    router_.add("POST", "/api/echo/{word}", Access::open, echo, 64);
    router_.add("GET", "/api/echo/{word}", Access::open, echo);
    router_.add("POST", "/api/links/{token}", Access::open, echo, 64);
    router_.add("GET", "/api/throw", Access::open, [](const Request&) -> Response { throw 42; });
    router_.add("GET", "/api/count", Access::open, [this](const Request&) {
      ++counted_;
      return server::no_content();
    });
    router_.add("GET", "/api/leak", Access::open,
                [](const Request&) -> Response { throw std::runtime_error("secret detail"); });
  }

  static Response echo(const Request& request) {
    return server::json_response(200, {{"word", request.param("word")},
                                       {"body", request.body},
                                       {"from", request.remote_address},
                                       {"secure", request.secure},
                                       {"q", request.query_values("q")}});
  }

  void start() {
    if (http_) return;
    http_ = std::make_unique<server::HttpServer>(config_, dispatcher_);
    http_->start();
  }

  /// Sends bytes, and returns everything until the server closes.
  std::string talk(const std::string& bytes) {
    start();
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", http_->port()));
    Poco::Net::SocketStream stream(socket);
    stream << bytes << std::flush;
    socket.shutdownSend();
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  static std::string get(const std::string& path, const std::string& headers = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
  }

  static int status_of(const std::string& answer) { return std::stoi(answer.substr(answer.find(' ') + 1)); }
  static json body_of(const std::string& answer) {
    return json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  }

  server::Router router_;
  /// The log's only line about a request; to be asked for when it is answered and the server has stopped.
  json logged_request() {
    http_->stop();
    std::vector<json> lines;
    std::istringstream text(log_text_.str());
    for (std::string line; std::getline(text, line);) {
      if (auto fields = json::parse(line); fields.at("event") == "request")
        lines.push_back(std::move(fields));
    }
    EXPECT_EQ(lines.size(), 1U) << log_text_.str();
    return lines.empty() ? json::object() : lines.front();
  }

  bool counted_request(const std::string& route, int status) const {
    return metrics_.text().find("ccms_http_requests_total{route=\"" + route + "\",status=\"" +
                                std::to_string(status) + "\"} 1\n") != std::string::npos;
  }

  /// A refusal is found by its id: in the answer, in its header and in the log.
  void expect_traces(const std::string& answer, const std::string& route) {
    const std::string id = body_of(answer).at("request_id");
    EXPECT_EQ(id.size(), 16U);
    EXPECT_NE(answer.find("X-Request-Id: " + id + "\r\n"), std::string::npos) << answer;
    const json logged = logged_request();
    EXPECT_EQ(logged.value("request_id", ""), id);
    EXPECT_EQ(logged.value("status", 0), status_of(answer));
    EXPECT_TRUE(counted_request(route, status_of(answer))) << metrics_.text();
  }

  std::ostringstream log_text_;
  server::Logger log_ = server::Logger::to_stream("info", log_text_);
  server::Metrics metrics_;
  server::HttpConfig config_;
  server::Dispatcher dispatcher_;
  std::atomic<int> counted_ = 0;
  std::unique_ptr<server::HttpServer> http_;
};

TEST_F(HttpServerTest, ASecondListenerOnThePortIsRefused) {
  talk(get("/api/echo/first"));
  auto config = config_;
  config.port = http_->port();
  try {
    const server::HttpServer second(config, dispatcher_);
    FAIL() << "two servers share the port";
  } catch (const std::runtime_error& refused) {
    const std::string message = refused.what();
    EXPECT_NE(message.find("cannot listen on 127.0.0.1:" + std::to_string(config.port)), std::string::npos)
        << message;
    EXPECT_TRUE(message.ends_with(": Address already in use")) << message;
  }
}

TEST_F(HttpServerTest, RoutesDecodeNamesAndQueries) {
  const auto answer = talk(get("/api/echo/a%2Fb%20c?q=1&q=%C3%A4"));
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer).at("word"), "a/b c");
  EXPECT_EQ(body_of(answer).at("q"), (json{"1", "ä"}));
}

TEST_F(HttpServerTest, WhatIsNotThereIsSaidSo) {
  EXPECT_EQ(body_of(talk(get("/api/nothing"))).at("code"), "not_found");
  const auto wrong = talk("DELETE /api/echo/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_of(wrong), 405);
  EXPECT_NE(wrong.find("Allow: "), std::string::npos);
}

TEST_F(HttpServerTest, HeadIsGetWithoutABody) {
  const auto answer = talk("HEAD /api/echo/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpServerTest, WhateverAHandlerThrowsThereIsAnAnswerThatTellsNothing) {
  for (const char* path : {"/api/throw", "/api/leak"}) {
    const auto answer = talk(get(path));
    EXPECT_EQ(status_of(answer), 500);
    EXPECT_EQ(body_of(answer).at("code"), "internal_error");
    EXPECT_FALSE(body_of(answer).at("request_id").get<std::string>().empty());
    EXPECT_EQ(answer.find("secret detail"), std::string::npos);
  }
}

TEST_F(HttpServerTest, BodiesAreCappedHoweverTheirLengthIsTold) {
  const std::string start = "POST /api/echo/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  EXPECT_EQ(status_of(talk(start + "Content-Length: 3\r\n\r\nabc")), 200);
  EXPECT_EQ(status_of(talk(start + "Content-Length: 65\r\n\r\n" + std::string(65, 'x'))), 413);
  EXPECT_EQ(status_of(talk(start + "Content-Length: 99999999999\r\n\r\n")), 413);
  EXPECT_EQ(status_of(talk(start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")), 200);
  EXPECT_EQ(status_of(talk(start + "Transfer-Encoding: chunked\r\n\r\n41\r\n" + std::string(65, 'x') +
                           "\r\n0\r\n\r\n")),
            413);
}

TEST_F(HttpServerTest, TwoLengthsAreRefused) {
  const auto answer = talk(
      "POST /api/echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(answer), 400);
  EXPECT_EQ(body_of(answer).at("code"), "two_lengths");
}

TEST_F(HttpServerTest, WhatHidesInABodyIsNoSecondRequest) {
  const std::string hidden = "{}GET /api/echo/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const std::string headers :
       {"Content-Length: 2\r\nContent-Length: 48\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"}) {
    const auto answer = talk("POST /api/echo/x HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + hidden);
    EXPECT_GE(status_of(answer), 400) << headers;
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << answer;
  }
}

TEST_F(HttpServerTest, ABodyMustComeInTime) {
  config_.body_time = std::chrono::seconds(0);
  const auto answer = talk("POST /api/echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nabc");
  EXPECT_EQ(status_of(answer), 408);
  EXPECT_EQ(body_of(answer).at("code"), "body_too_slow");
}

TEST_F(HttpServerTest, ABodyThatIsTooLargeLeavesTraces) {
  const auto answer = talk("POST /api/echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 65\r\n\r\n");
  EXPECT_EQ(status_of(answer), 413);
  expect_traces(answer, "/api/echo/{word}");
}

TEST_F(HttpServerTest, ABodyThatIsTooSlowLeavesTraces) {
  config_.body_time = std::chrono::seconds(0);
  expect_traces(talk("POST /api/echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nabc"),
                "/api/echo/{word}");
}

TEST_F(HttpServerTest, AnUnknownCodingLeavesTraces) {
  const auto answer = talk("POST /api/echo/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(status_of(answer), 501);
  expect_traces(answer, "/api/echo/{word}");
}

TEST_F(HttpServerTest, AnAddressThatCannotBeReadLeavesTraces) {
  const auto answer = talk(get("/api/echo/%zz"));
  EXPECT_EQ(body_of(answer).at("code"), "bad_address");
  expect_traces(answer, "none");
}

TEST_F(HttpServerTest, TheTracesOfARefusalHoldNoOneTimeLink) {
  talk("POST /api/links/canary HTTP/1.1\r\nHost: x\r\nContent-Length: 65\r\n\r\n");
  EXPECT_EQ(logged_request().value("path", ""), "/api/links/***");
}

TEST_F(HttpServerTest, AForgedProxyHeaderIsIgnored) {
  const auto answer = talk(get("/api/echo/x", "X-Forwarded-For: 1.2.3.4\r\n"));
  EXPECT_EQ(body_of(answer).at("from"), "127.0.0.1");
}

TEST_F(HttpServerTest, ATrustedProxyIsBelievedForItsOwnEntry) {
  config_.trusted_proxies = {"127.0.0.1"};
  const auto answer = talk(get("/api/echo/x", "X-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n"));
  EXPECT_EQ(body_of(answer).at("from"), "1.2.3.4");
}

TEST_F(HttpServerTest, WhatATrustedProxyAppendsInALineOfItsOwnIsBelieved) {
  config_.trusted_proxies = {"127.0.0.1"};
  const auto answer = talk(
      get("/api/echo/x", "X-Forwarded-For: 6.6.6.6, 7.7.7.7\r\nx-forwarded-for: 5.5.5.5 ,\t1.2.3.4 \r\n"));
  EXPECT_EQ(body_of(answer).at("from"), "1.2.3.4");
}

TEST_F(HttpServerTest, TheSchemeIsWhatTheTrustedProxySaysLast) {
  config_.trusted_proxies = {"127.0.0.1"};
  const auto answer = talk(get("/api/echo/x", "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n"));
  EXPECT_EQ(body_of(answer).at("secure"), false);
}

TEST_F(HttpServerTest, WhoeverDripsHeadersHoldsNoThreadForLong) {
  config_.threads = 4;
  config_.header_time = std::chrono::milliseconds(300);
  start();
  std::vector<Poco::Net::StreamSocket> dripping;
  for (std::size_t i = 0; i < config_.threads; ++i) {
    dripping.emplace_back(Poco::Net::SocketAddress("127.0.0.1", http_->port()));
    dripping.back().sendBytes("GET /api/echo/x HTTP/1.1\r\nX: ", 30);
  }
  std::jthread drip([&](const std::stop_token& stop) {
    try {
      for (; !stop.stop_requested(); std::this_thread::sleep_for(std::chrono::milliseconds(20)))
        for (auto& socket : dripping) socket.sendBytes("x", 1);
    } catch (const Poco::Exception&) {  // cut off at last
    }
  });
  EXPECT_EQ(status_of(talk(get("/api/echo/x"))), 200);
}

TEST_F(HttpServerTest, WhatIsCutOffIsNoRequest) {
  config_.header_time = std::chrono::milliseconds(200);
  start();
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", http_->port()));
  socket.sendBytes("GET /api/count HTTP/1.1\r\nHost: x\r\n", 34);
  char byte = 0;
  EXPECT_EQ(socket.receiveBytes(&byte, 1), 0);
  http_->stop();
  EXPECT_EQ(counted_, 0);
}

TEST_F(HttpServerTest, ARequestMayTakeLongerThanItsHeaders) {
  config_.header_time = std::chrono::milliseconds(500);
  router_.add("GET", "/api/slow", Access::open, [this](const Request&) {
    // Later than this request, and cut off for saying nothing.
    Poco::Net::StreamSocket silent(Poco::Net::SocketAddress("127.0.0.1", http_->port()));
    char byte = 0;
    EXPECT_EQ(silent.receiveBytes(&byte, 1), 0);
    return server::json_response(200, {{"done", true}});
  });
  EXPECT_EQ(status_of(talk(get("/api/slow"))), 200);
}

TEST_F(HttpServerTest, StoppingLetsARunningRequestFinish) {
  EXPECT_EQ(status_of(talk(get("/api/echo/x"))), 200);
  http_->stop();
  http_->stop();
  EXPECT_THROW(talk(get("/api/echo/x")), Poco::Exception);
}

}  // namespace
}  // namespace ccms::test
