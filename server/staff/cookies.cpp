#include "server/staff/cookies.h"

#include <string_view>

namespace ccms::server {
namespace {

std::string cookie_name(const Config& config) {
  return reached_by_tls(config) ? "__Host-ccms_session" : "ccms_session";
}

std::string cookie(const std::string& value, const Config& config) {
  return cookie_name(config) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" +
         (reached_by_tls(config) ? "; Secure" : "");
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

bool reached_by_tls(const Config& config) {
  return config.http.tls() || config.public_url.starts_with("https://");
}

std::optional<std::string> session_token_of(const Request& request, const Config& config) {
  const auto header = request.header("Cookie");
  if (!header) return std::nullopt;
  const std::string wanted = cookie_name(config) + "=";
  std::string_view rest = *header;
  while (!rest.empty()) {
    const auto end = rest.find(';');
    const std::string_view pair = trimmed(rest.substr(0, end));
    if (pair.starts_with(wanted)) return std::string(pair.substr(wanted.size()));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return std::nullopt;
}

std::string session_cookie(const std::string& token, const Config& config) { return cookie(token, config); }

std::string expired_session_cookie(const Config& config) { return cookie("", config) + "; Max-Age=0"; }

}  // namespace ccms::server
