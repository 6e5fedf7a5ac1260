#include "server/notify/mail_composer.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>

#include "core/domain/text.h"

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

// The text as UTF-8 whatever is in it; GMime's own text part would choose a character set by itself.
void attach_text(GMimeMessage* mail, const std::string& text) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  const Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  const Owned<GMimePart> part(g_mime_part_new_with_type("text", "plain"));
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_message_set_mime_part(mail, GMIME_OBJECT(part.get()));
}

std::string to_text(GMimeObject* object) {
  struct FreeOptions {
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
  };
  const std::unique_ptr<GMimeFormatOptions, FreeOptions> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::unique_ptr<char, FreeText> text(g_mime_object_to_string(object, options.get()));
  return text ? std::string(text.get()) : std::string();
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// A name without the quotation marks that it may stand in; nullopt when they or other marks are out of
/// place.
std::optional<std::string> plain_name(std::string_view text) {
  if (text.size() < 2 || text.front() != '"')
    return text.find_first_of("\"<>") == std::string_view::npos ? std::optional(std::string(text))
                                                                : std::nullopt;
  if (text.back() != '"') return std::nullopt;
  std::string name;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (text[at] == '"') return std::nullopt;
    if (text[at] == '\\' && ++at + 1 == text.size()) return std::nullopt;
    name += text[at];
  }
  return name;
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

  attach_text(mail.get(), message.text);
  return to_text(headers);
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

std::optional<MailIdentity> parse_sender(const std::string& text) {
  if (!domain::is_valid_utf8(text) || domain::has_control_characters(text) ||
      text.find_first_of("\n\t") != std::string::npos)
    return std::nullopt;
  std::string_view address = trimmed(text);
  std::optional<std::string> name = "";
  if (address.ends_with('>')) {
    const auto bracket = address.rfind('<');
    if (bracket == std::string_view::npos) return std::nullopt;
    name = plain_name(trimmed(address.substr(0, bracket)));
    address = address.substr(bracket + 1, address.size() - bracket - 2);
  }
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  MailIdentity sender{std::string(address), name.value_or("")};
  if (!name || !is_plain_mail_address(sender.from_address) ||
      !std::all_of(address.begin(), address.end(), is_ascii))
    return std::nullopt;
  return sender;
}

}  // namespace ccms::server
