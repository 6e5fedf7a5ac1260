#include "server/http/resources/static_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/crypto/digest.h"
#include "server/http/problem.h"

namespace ccms::server {
namespace {

namespace fs = std::filesystem;

std::string type_of(const fs::path& file) {
  static const std::map<std::string, std::string, std::less<>> types = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".webmanifest", "application/manifest+json"}};
  const auto found = types.find(file.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

// The regular file that a request path names below root, if there is one.
std::optional<fs::path> file_below(const fs::path& root, std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return std::nullopt;
  std::error_code error;
  const fs::path base = fs::canonical(root, error);
  if (error) return std::nullopt;
  const fs::path file = fs::canonical(base / fs::path(path).relative_path(), error);
  if (error || !fs::is_regular_file(file, error)) return std::nullopt;
  const auto [end, unused] = std::mismatch(base.begin(), base.end(), file.begin(), file.end());
  return end == base.end() ? std::optional(file) : std::nullopt;
}

std::string read_all(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

// Files whose names hold a digest of their content never change; everything else is asked for again.
bool is_immutable(const fs::path& file) { return file.parent_path().filename() == "assets"; }

}  // namespace

Response StaticFiles::answer(const Request& request) const {
  auto file = file_below(root_, request.path == "/" ? "/index.html" : request.path);
  if (!file && !fs::path(request.path).has_extension()) file = file_below(root_, "/index.html");
  if (!file) return problem(404, domain::Error{"not_found", "there is nothing at this address", ""});

  Response response{.status = 200, .content_type = type_of(*file), .body = read_all(*file), .headers = {}};
  const std::string etag = '"' + crypto::sha256_hex(response.body).substr(0, 32) + '"';
  if (request.header("If-None-Match") == etag)
    response = {.status = 304, .content_type = "", .body = "", .headers = {}};
  return response.with_header("ETag", etag)
      .with_header("Cache-Control", is_immutable(*file) ? "public, max-age=31536000, immutable" : "no-cache")
      .with_header("X-Content-Type-Options", "nosniff")
      .with_header("Referrer-Policy", "same-origin")
      .with_header(
          "Content-Security-Policy",
          "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          "font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors " +
              frame_ancestors_);
}

}  // namespace ccms::server
