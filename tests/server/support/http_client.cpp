#include "tests/server/support/http_client.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

namespace ccms::test {

server::Response send_over_http(std::uint16_t port, const server::Request& request) {
  Poco::Net::HTTPClientSession session("127.0.0.1", port);
  session.setTimeout(Poco::Timespan(20, 0));
  Poco::Net::HTTPRequest outgoing(request.method, request.target, Poco::Net::HTTPMessage::HTTP_1_1);
  for (const auto& [name, value] : request.headers) outgoing.set(name, value);
  outgoing.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
  session.sendRequest(outgoing) << request.body << std::flush;
  Poco::Net::HTTPResponse incoming;
  server::Response response;
  Poco::StreamCopier::copyToString(session.receiveResponse(incoming), response.body);
  response.status = incoming.getStatus();
  response.content_type = incoming.getContentType();
  for (const auto& [name, value] : incoming) response.headers.emplace_back(name, value);
  return response;
}

}  // namespace ccms::test
