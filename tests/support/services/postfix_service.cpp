#include "tests/support/services/postfix_service.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>

#include "tests/support/services/account.h"
#include "tests/support/services/loopback.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/startup.h"
#include "tests/support/services/text_file.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

// Every address shares one box; the Delivered-To header says whose a message is.
constexpr const char* kMailboxes = "@example.test all/Maildir/\n";

constexpr const char* kMain = R"(compatibility_level = 3.6
queue_directory = DIR/pf/queue
data_directory = DIR/pf/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
virtual_mailbox_domains = example.test
virtual_mailbox_base = DIR/boxes
virtual_mailbox_maps = texthash:DIR/pf/mailboxes
virtual_uid_maps = static:USER
virtual_gid_maps = static:GROUP
virtual_minimum_uid = 1
smtpd_recipient_restrictions = check_recipient_access texthash:DIR/pf/access, permit_mynetworks, reject
message_size_limit = 26214400
default_transport = error:no external delivery
relay_transport = error:no external delivery
smtpd_tls_cert_file = DIR/cert.pem
smtpd_tls_key_file = DIR/key.pem
smtpd_tls_security_level = may
alias_maps =
alias_database =
maillog_file = DIR/pf/maillog
maillog_file_prefixes = DIR
)";

// The services that receiving mail and delivering it to a virtual mailbox need; none in a chroot.
constexpr const char* kMaster = R"(127.0.0.1:PORT inet n - n - - smtpd
cleanup   unix       n - n - 0     cleanup
qmgr      unix       n - n 300 1   qmgr
tlsmgr    unix       - - n 1000? 1 tlsmgr
rewrite   unix       - - n - -     trivial-rewrite
bounce    unix       - - n - 0     bounce
defer     unix       - - n - 0     bounce
trace     unix       - - n - 0     bounce
proxymap  unix       - - n - -     proxymap
error     unix       - - n - -     error
retry     unix       - - n - -     error
virtual   unix       - n n - -     virtual
anvil     unix       - - n - 1     anvil
postlog   unix-dgram n - n - 1     postlogd
)";

std::string filled_in(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : values) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

std::vector<std::string> as_root(std::vector<std::string> command) {
  if (!running_as_root()) command.insert(command.begin(), {"sudo", "-n"});
  return command;
}

void require_root() {
  if (running_as_root()) return;
  try {
    run_successfully({.command = as_root({"true"})});
  } catch (const std::runtime_error&) {
    throw std::runtime_error("only root can start Postfix: run as root, or allow sudo without a password");
  }
}

// Whom the delivered mail belongs to: root may not receive any, so that it is Debian's account for mail then.
Account mailbox_owner() { return account_to_drop_to("mail").value_or(Account{::getuid(), ::getgid()}); }

}  // namespace

PostfixService::PostfixService() : port_(free_port()) {
  require_root();
  make_certificate();
  make_folders();
  write_configuration();
  start();
}

PostfixService::~PostfixService() {
  if (running_as_root()) {
    process_->stop();
    return;
  }
  // Under sudo neither the processes nor their files are ours to end.
  run_program({.command = as_root({"postfix", "-c", (folder_.path() / "pf").string(), "stop"})});
  run_program({.command = as_root({"rm", "-rf", (folder_.path() / "pf").string()})});
}

PostfixService& PostfixService::shared() {
  static PostfixService service;
  return service;
}

void PostfixService::make_certificate() {
  run_successfully({.command = {"openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt",
                                "ec_paramgen_curve:prime256v1", "-days", "2", "-subj", "/CN=localhost",
                                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                                (folder_.path() / "key.pem").string(), "-out", ca_file().string()}});
}

void PostfixService::make_folders() {
  const std::string dir = folder_.path().string();
  std::filesystem::create_directories(folder_.path() / "pf" / "queue");
  std::filesystem::create_directories(folder_.path() / "boxes");
  give_to(folder_.path() / "boxes", account_to_drop_to("mail"));
  run_successfully({.command = as_root({"install", "-d", "-o", "postfix", dir + "/pf/data"})});
}

void PostfixService::write_configuration() {
  const Account owner = mailbox_owner();
  const std::map<std::string, std::string> values = {{"DIR", folder_.path().string()},
                                                     {"PORT", std::to_string(port_)},
                                                     {"USER", std::to_string(owner.user)},
                                                     {"GROUP", std::to_string(owner.group)}};
  folder_.write("pf/main.cf", filled_in(kMain, values));
  folder_.write("pf/master.cf", filled_in(kMaster, values));
  folder_.write("pf/mailboxes", kMailboxes);
  folder_.write("pf/access", std::string(kRefused) + " 550 5.1.1 no such person\n" + kLater +
                                 " 450 4.2.0 try again later\n");
}

void PostfixService::start() {
  const std::string configuration = (folder_.path() / "pf").string();
  run_successfully(
      {.command = as_root({"postfix", "-c", configuration, "check"})});  // makes the queue's folders
  // In the foreground, and told to end in good order when we die: it then ends its own processes.
  process_ = std::make_unique<ChildProcess>(
      ChildOptions{.command = as_root({"/usr/lib/postfix/sbin/master", "-c", configuration, "-s"}),
                   .output = folder_.path() / "output",
                   .signal_when_we_die = SIGTERM});
  await_startup(*process_, "Postfix", log(), [this] { return accepts_connections(port_); });
}

std::vector<std::string> PostfixService::messages(const std::string& address) const {
  const std::filesystem::path box = folder_.path() / "boxes" / "all" / "Maildir" / "new";
  std::vector<std::filesystem::path> files;
  if (std::filesystem::exists(box)) {
    for (const auto& entry : std::filesystem::directory_iterator(box)) files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, [](const auto& file) { return std::filesystem::last_write_time(file); });
  std::vector<std::string> found;
  for (const auto& file : files) {
    std::string text = read_text(file);
    if (text.find("\nDelivered-To: " + address + "\n") < text.find("\n\n")) found.push_back(std::move(text));
  }
  return found;
}

std::vector<std::string> PostfixService::wait_for_messages(const std::string& address, std::size_t count,
                                                           std::chrono::milliseconds timeout) const {
  std::vector<std::string> found;
  if (!wait_until([&] { return (found = messages(address)).size() >= count; }, timeout)) {
    throw std::runtime_error(std::to_string(found.size()) + " of " + std::to_string(count) +
                             " messages came for " + address + "; the end of the mail log:\n" +
                             last_lines(log()));
  }
  return found;
}

}  // namespace ccms::test
