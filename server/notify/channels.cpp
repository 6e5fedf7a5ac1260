#include "server/notify/channels.h"

#include <filesystem>
#include <stdexcept>

#include "core/crypto/digest.h"
#include "server/notify/file_channel.h"
#include "server/notify/sms_gateway_channel.h"
#include "server/notify/smtp_channel.h"

namespace ccms::server {
namespace {

std::unique_ptr<Channel> make_file_channel(const NotifyConfig& config, const Clock& clock) {
  // Made at the start, where a mistake in the configuration is noticed, and on every kind of database.
  std::filesystem::create_directories(std::filesystem::absolute(config.file_sink).parent_path());
  return std::make_unique<FileChannel>(config.file_sink, [&clock] { return clock.now(); });
}

std::unique_ptr<Channel> make_mail_channel(const SmtpConfig& config, const Clock& clock) {
  SmtpSettings settings;
  settings.host = config.host;
  settings.port = config.port;
  settings.start_tls = config.starttls;
  settings.user = config.user;
  settings.password = config.password;
  settings.identity = config.from;
  return std::make_unique<SmtpChannel>(std::move(settings), [&clock] { return clock.now(); });
}

std::unique_ptr<Channel> make_sms_channel(const SmsConfig& config) {
  SmsGatewaySettings settings;
  settings.send_url = config.url;
  settings.user = config.user;
  settings.password = config.password;
  settings.sender = config.from;
  settings.report_url = config.delivery_report_url;
  return std::make_unique<SmsGatewayChannel>(
      std::move(settings), [secret = config.delivery_report_token](const std::string& notification_id) {
        return delivery_report_token(secret, notification_id);
      });
}

}  // namespace

Channel& Channels::for_name(std::string_view name) const {
  if (name == "sms") return *sms;
  if (name == "email") return *email;
  throw std::logic_error("no such notification channel: " + std::string(name));
}

Channels make_channels(const NotifyConfig& config, const Clock& clock) {
  Channels channels;
  channels.sms = config.sms ? make_sms_channel(*config.sms) : make_file_channel(config, clock);
  channels.email = config.smtp ? make_mail_channel(*config.smtp, clock) : make_file_channel(config, clock);
  return channels;
}

std::string delivery_report_token(const Secret& secret, const std::string& notification_id) {
  return crypto::hex_encode(
      domain::bytes_view(crypto::hmac_sha256(secret.reveal(), "ccms-dlr-1\n" + notification_id)));
}

}  // namespace ccms::server
