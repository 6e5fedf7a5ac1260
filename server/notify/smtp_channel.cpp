#include "server/notify/smtp_channel.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureSMTPClientSession.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Timespan.h>

#include <sstream>
#include <utility>

namespace ccms::server {
namespace {

Poco::Net::Context::Ptr strict_client_context(const std::string& ca_file) {
  // The default of this library is to accept any certificate; every argument is spelt out for that reason.
  Poco::Net::Context::Params params;
  params.caLocation = ca_file;
  params.loadDefaultCAs = ca_file.empty();
  params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
  params.verificationDepth = 9;
  params.cipherList = "HIGH:!aNULL:!eNULL:!MD5:!RC4";
  Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
  context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification();
  return context;
}

// sendMessage() of a stream begins with the mail itself, and not with the command that announces it.
void begin_data(Poco::Net::SMTPClientSession& session) {
  std::string response;
  const int status = session.sendCommand("DATA", response);
  if (status < 300 || status >= 400)
    throw Poco::Net::SMTPException("the mail server takes no mail", response, status);
}

SendReport report_of(const Poco::Net::SMTPException& error) {
  const int status = error.code();
  const bool final_answer = status >= 500 && status < 600;
  return {final_answer ? SendOutcome::undeliverable : SendOutcome::try_again, error.displayText()};
}

}  // namespace

SmtpChannel::SmtpChannel(SmtpSettings settings, WallClock wall_clock)
    : settings_(std::move(settings)), wall_clock_(std::move(wall_clock)) {}

SendReport SmtpChannel::send(const Message& message) {
  if (!is_plain_mail_address(message.to)) return {SendOutcome::undeliverable, "not a mail address"};
  try {
    deliver(message);
    return {SendOutcome::accepted, ""};
  } catch (const Poco::Net::SMTPException& error) {
    return report_of(error);
  } catch (const Poco::Exception& error) {
    return {SendOutcome::try_again, error.displayText()};
  } catch (const std::exception& error) {
    return {SendOutcome::try_again, error.what()};
  }
}

void SmtpChannel::deliver(const Message& message) const {
  const Poco::Timespan timeout(settings_.timeout.count(), 0);
  Poco::Net::StreamSocket socket;
  socket.connect(Poco::Net::SocketAddress(settings_.host, settings_.port), timeout);
  socket.setReceiveTimeout(timeout);
  socket.setSendTimeout(timeout);

  Poco::Net::SecureSMTPClientSession session(socket);
  session.setTimeout(timeout);
  session.login(settings_.hello_name);
  if (settings_.start_tls) {
    if (!session.startTLS(strict_client_context(settings_.ca_file)))
      throw Poco::Net::NetException("the mail server offers no STARTTLS");
    session.login(settings_.hello_name);
  }
  if (!settings_.user.empty())
    session.login(Poco::Net::SMTPClientSession::AUTH_LOGIN, settings_.user, settings_.password.reveal());

  session.sendAddresses(settings_.identity.from_address, {message.to});
  begin_data(session);
  std::istringstream mail(compose_mail(message, settings_.identity, wall_clock_()));
  session.sendMessage(mail);
  // The message is accepted from here on: trouble with the goodbye must not cause a second copy.
  try {
    session.close();
  } catch (const Poco::Exception&) {
    return;
  }
}

}  // namespace ccms::server
