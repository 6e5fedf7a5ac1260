#include "server/notify/mail_composer.h"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>
#include <string_view>

namespace ccms::server {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct FreeText {
  void operator()(char* text) const { g_free(text); }
};

void initialise_gmime_once() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

std::string domain_of(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

std::string compose_mail(const Message& message, const MailIdentity& identity,
                         std::chrono::system_clock::time_point date) {
  initialise_gmime_once();
  const Owned<GMimeMessage> mail(g_mime_message_new(TRUE));
  g_mime_message_add_mailbox(mail.get(), GMIME_ADDRESS_TYPE_FROM,
                             identity.from_name.empty() ? nullptr : identity.from_name.c_str(),
                             identity.from_address.c_str());
  g_mime_message_add_mailbox(mail.get(), GMIME_ADDRESS_TYPE_TO, nullptr, message.to.c_str());
  g_mime_message_set_subject(mail.get(), message.subject.c_str(), "utf-8");
  const std::string message_id = message.id + "@" + domain_of(identity.from_address);
  g_mime_message_set_message_id(mail.get(), message_id.c_str());
  GDateTime* const when = g_date_time_new_from_unix_utc(std::chrono::system_clock::to_time_t(date));
  g_mime_message_set_date(mail.get(), when);
  g_date_time_unref(when);
  GMimeObject* headers = GMIME_OBJECT(mail.get());
  g_mime_object_set_header(headers, "Auto-Submitted", "auto-generated", nullptr);
  g_mime_object_set_header(headers, "X-Auto-Response-Suppress", "All", nullptr);
  if (!message.ticket_code.empty())
    g_mime_object_set_header(headers, "CCMS-Ticket", message.ticket_code.c_str(), nullptr);
  if (!message.language.empty())
    g_mime_object_set_header(headers, "Content-Language", message.language.c_str(), nullptr);

  const Owned<GMimeTextPart> part(g_mime_text_part_new_with_subtype("plain"));
  g_mime_text_part_set_charset(part.get(), "utf-8");
  g_mime_text_part_set_text(part.get(), message.text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part.get()), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_message_set_mime_part(mail.get(), GMIME_OBJECT(part.get()));

  const std::unique_ptr<char, FreeText> text(g_mime_object_to_string(headers, nullptr));
  return text ? std::string(text.get()) : std::string();
}

bool is_plain_mail_address(const std::string& address) {
  if (address.empty() || address.size() > 254) return false;
  const auto at = address.find('@');
  if (at == std::string::npos || at == 0 || at + 1 == address.size() ||
      address.find('@', at + 1) != std::string::npos)
    return false;
  for (const char raw : address) {
    const auto byte = static_cast<unsigned char>(raw);
    if (byte <= 0x20 || byte == 0x7f || std::string_view("<>(),;:\\\"[]").find(raw) != std::string_view::npos)
      return false;
  }
  return true;
}

}  // namespace ccms::server
