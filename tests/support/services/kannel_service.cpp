#include "tests/support/services/kannel_service.h"

#include <stdexcept>
#include <utility>

#include "tests/support/services/account.h"
#include "tests/support/services/fakesmsc_log.h"
#include "tests/support/services/loopback.h"
#include "tests/support/services/startup.h"
#include "tests/support/services/text_file.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

constexpr const char* kFakeSmsCentre = "/usr/lib/kannel/test/fakesmsc";

std::string setting(const std::string& name, const std::string& value) { return name + " = " + value + "\n"; }
std::string setting(const std::string& name, std::uint16_t port) {
  return setting(name, std::to_string(port));
}

}  // namespace

KannelService::KannelService()
    : admin_port_(free_port()),
      smsbox_port_(free_port()),
      smsc_port_(free_port()),
      sendsms_port_(free_port()) {
  give_to(folder_.path(), account_to_drop_to("kannel"));
  write_configuration();
  start();
}

KannelService::~KannelService() {
  // The box that the others are connected to goes last, and has nothing left to wait for.
  fakesmsc_->stop();
  smsbox_->stop();
  bearerbox_->stop();
}

KannelService& KannelService::shared() {
  static KannelService service;
  return service;
}

void KannelService::write_configuration() {
  const std::string address = "127.0.0.1";
  std::string text = "group = core\n";
  text += setting("admin-port", admin_port_) + setting("admin-interface", address);
  text += setting("admin-password", kPassword) + setting("admin-allow-ip", address);
  text += setting("smsbox-port", smsbox_port_) + setting("smsbox-interface", address);
  text += setting("box-allow-ip", address) + setting("box-deny-ip", "\"*.*.*.*\"");
  text += setting("dlr-storage", "internal") + setting("store-type", "file");
  text += setting("store-location", "\"" + file("store").string() + "\"") + "\n";

  text += "group = smsc\nsmsc = fake\nsmsc-id = FAKE\n";
  text +=
      setting("host", address) + setting("port", smsc_port_) + setting("connect-allow-ip", address) + "\n";

  text += "group = smsbox\n";
  text += setting("bearerbox-host", address);
  text += setting("sendsms-port", sendsms_port_) + setting("sendsms-interface", address) + "\n";

  text += "group = sendsms-user\n";
  text += setting("username", kUser) + setting("password", kPassword) + setting("user-allow-ip", address);
  text += setting("max-messages", "5") + setting("concatenation", "true") + setting("forced-smsc", "FAKE");
  folder_.write("kannel.conf", text);
}

std::unique_ptr<ChildProcess> KannelService::launch(std::vector<std::string> command,
                                                    const std::string& output) const {
  return std::make_unique<ChildProcess>(ChildOptions{.command = std::move(command),
                                                     .folder = folder_.path(),
                                                     .output = file(output),
                                                     .account = account_to_drop_to("kannel")});
}

void KannelService::start() {
  const std::string configuration = file("kannel.conf").string();
  // Verbosity 0 prints everything: the fake centre's messages are read from what it prints.
  bearerbox_ = launch({"bearerbox", "-v", "0", configuration}, "bearerbox.log");
  const auto bearerbox_says = [this](const char* words) {
    return read_text(file("bearerbox.log")).find(words) != std::string::npos;
  };
  // A trial connection to the fake SMS centre's port would be taken for the centre itself: ask the log.
  await_startup(*bearerbox_, "Kannel's bearerbox", file("bearerbox.log"), [&] {
    return bearerbox_says("smsc_fake: start called") && accepts_connections(smsbox_port_);
  });
  smsbox_ = launch({"smsbox", "-v", "0", configuration}, "smsbox.log");
  await_startup(*smsbox_, "Kannel's smsbox", file("smsbox.log"),
                [this] { return accepts_connections(sendsms_port_); });
  fakesmsc_ =
      launch({kFakeSmsCentre, "-H", "127.0.0.1", "-r", std::to_string(smsc_port_), "-m", "0", "0 0 text -"},
             "fakesmsc.log");
  await_startup(*fakesmsc_, "Kannel's fake SMS centre", file("bearerbox.log"),
                [&] { return bearerbox_says("Fakesmsc client connected"); });
}

std::vector<SmsMessage> KannelService::messages() const {
  return messages_in_fakesmsc_log(read_text(file("fakesmsc.log")));
}

std::vector<SmsMessage> KannelService::wait_for_messages(const std::string& to, std::size_t count,
                                                         std::chrono::milliseconds timeout) const {
  std::vector<SmsMessage> found;
  const auto enough = [&] {
    found = messages();
    std::erase_if(found, [&](const SmsMessage& message) { return message.to != to; });
    return found.size() >= count;
  };
  if (!wait_until(enough, timeout)) {
    throw std::runtime_error(std::to_string(found.size()) + " of " + std::to_string(count) +
                             " text messages came for " + to + "; the end of the gateway's log:\n" +
                             last_lines(file("bearerbox.log")));
  }
  return found;
}

}  // namespace ccms::test
