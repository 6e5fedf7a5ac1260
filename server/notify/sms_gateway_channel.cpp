#include "server/notify/sms_gateway_channel.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <istream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>

namespace ccms::server {
namespace {

using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

// Delivered, failed, queued, accepted by and refused by the operator's centre: everything a gateway can tell.
constexpr const char* kReportMask = "31";

std::unique_ptr<Poco::Net::HTTPClientSession> open_session(const Poco::URI& url) {
  if (url.getScheme() != "https")
    return std::make_unique<Poco::Net::HTTPClientSession>(url.getHost(), url.getPort());
  Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "",
                                                           Poco::Net::Context::VERIFY_STRICT, 9, true);
  context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification();
  return std::make_unique<Poco::Net::HTTPSClientSession>(url.getHost(), url.getPort(), context);
}

// A gateway's answer is a line; a longer one is nobody's answer.
std::string read_answer(std::istream& body) {
  constexpr std::size_t kLongest = 200;
  std::string text;
  for (std::istreambuf_iterator<char> byte(body), end; byte != end && text.size() < kLongest; ++byte)
    text += *byte;
  return text;
}

SendReport report_of(int status, const std::string& answer) {
  const std::string detail = "gateway answered " + std::to_string(status) + " " + answer;
  if (status >= 200 && status < 300) return {SendOutcome::accepted, ""};
  // 403 is a refused login: somebody must mend the settings, and the message is none the worse for it.
  const bool refused_message =
      status >= 400 && status < 500 && status != 403 && status != 408 && status != 429;
  return {refused_message ? SendOutcome::undeliverable : SendOutcome::try_again, detail};
}

}  // namespace

SmsGatewayChannel::SmsGatewayChannel(SmsGatewaySettings settings, ReportToken report_token)
    : settings_(std::move(settings)), report_token_(std::move(report_token)) {
  Poco::URI url;
  try {
    url = settings_.send_url;
  } catch (const Poco::SyntaxException&) {
    throw std::invalid_argument("the SMS gateway's address is not a URL");
  }
  if ((url.getScheme() != "http" && url.getScheme() != "https") || url.getHost().empty())
    throw std::invalid_argument("the SMS gateway's address is not an http(s) URL");
}

std::string SmsGatewayChannel::request_target(const Message& message) const {
  Poco::URI url(settings_.send_url);
  url.addQueryParameter("username", settings_.user);
  url.addQueryParameter("password", settings_.password.reveal());
  url.addQueryParameter("from", settings_.sender);
  url.addQueryParameter("to", message.to);
  url.addQueryParameter("text", message.text);
  url.addQueryParameter("coding", "2");
  url.addQueryParameter("charset", "UTF-8");
  if (!settings_.report_url.empty()) {
    Poco::URI report(settings_.report_url);
    report.addQueryParameter("id", message.id);
    report.addQueryParameter("token", report_token_(message.id));
    // The gateway replaces %d by the status, so this one must not be encoded before the address is.
    url.addQueryParameter("dlr-mask", kReportMask);
    url.addQueryParameter("dlr-url", report.toString() + "&status=%d");
  }
  return url.getPathAndQuery();
}

SendReport SmsGatewayChannel::send(const Message& message) {
  try {
    const auto session = open_session(Poco::URI(settings_.send_url));
    session->setTimeout(Poco::Timespan(settings_.timeout.count(), 0));
    session->setKeepAlive(false);
    HTTPRequest request(HTTPRequest::HTTP_GET, request_target(message), HTTPRequest::HTTP_1_1);
    session->sendRequest(request);
    HTTPResponse response;
    const std::string answer = read_answer(session->receiveResponse(response));
    return report_of(response.getStatus(), answer);
  } catch (const Poco::Exception& error) {
    // The target holds the gateway's password, and these messages name host and port at most.
    return {SendOutcome::try_again, error.displayText()};
  } catch (const std::exception& error) {
    return {SendOutcome::try_again, error.what()};
  }
}

}  // namespace ccms::server
