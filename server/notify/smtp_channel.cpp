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

/// The mail server will never take this message: another one might do better.
struct MessageRefused {
  std::string answer;
};

bool is_final(int status) { return status >= 500 && status < 600; }

void command(Poco::Net::SMTPClientSession& session, const std::string& line, int expected) {
  std::string answer;
  const int status = session.sendCommand(line, answer);
  if (status / 100 == expected) return;
  throw Poco::Net::SMTPException("the mail server refuses " + line.substr(0, line.find(':')), answer, status);
}

// Said by ourselves and not through the library's sendAddresses(), because what is refused decides: of the
// recipient it is the message's fault, of the sender that of the configuration.
void name_recipient(Poco::Net::SMTPClientSession& session, const std::string& address) {
  try {
    command(session, "RCPT TO:<" + address + ">", 2);
  } catch (const Poco::Net::SMTPException& error) {
    if (is_final(error.code())) throw MessageRefused{error.displayText()};
    throw;
  }
}

// sendMessage() of a stream begins with the mail itself, and not with the command that announces it.
void send_text(Poco::Net::SMTPClientSession& session, const std::string& text) {
  command(session, "DATA", 3);
  std::istringstream mail(text);
  try {
    session.sendMessage(mail);
  } catch (const Poco::Net::SMTPException& error) {
    if (is_final(error.code())) throw MessageRefused{error.displayText()};
    throw;
  }
}

}  // namespace

SmtpChannel::SmtpChannel(SmtpSettings settings, WallClock wall_clock)
    : settings_(std::move(settings)), wall_clock_(std::move(wall_clock)) {}

SendReport SmtpChannel::send(const Message& message) {
  if (!is_plain_mail_address(message.to)) return {SendOutcome::undeliverable, "not a mail address"};
  try {
    deliver(message);
    return {SendOutcome::accepted, ""};
  } catch (const MessageRefused& refused) {
    return {SendOutcome::undeliverable, refused.answer};
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

  command(session, "MAIL FROM:<" + settings_.identity.from_address + ">", 2);
  name_recipient(session, message.to);
  send_text(session, compose_mail(message, settings_.identity, wall_clock_()));
  // The message is accepted from here on: trouble with the goodbye must not cause a second copy.
  try {
    session.close();
  } catch (const Poco::Exception&) {
    return;
  }
}

}  // namespace ccms::server
