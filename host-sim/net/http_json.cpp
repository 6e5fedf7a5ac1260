#include "host-sim/net/http_json.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <stdexcept>
#include <vector>

namespace ccms::host_sim {

HttpReply exchange_http(const std::string& url, const std::string& method, const std::string& path,
                        const std::string& body, const std::map<std::string, std::string>& headers) {
  try {
    const Poco::URI uri(url);
    Poco::Net::HTTPClientSession session(uri.getHost(), uri.getPort());
    session.setTimeout(Poco::Timespan(60, 0));
    Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
    request.setKeepAlive(false);
    for (const auto& [name, value] : headers) request.set(name, value);
    if (method != "GET") {
      request.setContentType("application/json");
      request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    }
    session.sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    HttpReply reply;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), reply.body);
    reply.status = response.getStatus();
    std::vector<Poco::Net::HTTPCookie> cookies;
    response.getCookies(cookies);
    for (const auto& cookie : cookies) reply.cookies[cookie.getName()] = cookie.getValue();
    return reply;
  } catch (const Poco::Exception& problem) {
    throw std::runtime_error("no answer from " + url + path + ": " + problem.displayText());
  }
}

}  // namespace ccms::host_sim
