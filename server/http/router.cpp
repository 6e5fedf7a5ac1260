#include "server/http/router.h"

#include <Poco/URI.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace ccms::server {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const auto end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_name(const std::string& segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string decoded(const std::string& segment) {
  std::string plain;
  Poco::URI::decode(segment, plain);
  return plain;
}

/// The values of the pattern's names, or nullopt when the path is another one.
std::optional<NameValues> match(const std::vector<std::string>& pattern,
                                const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  NameValues params;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_name(pattern[i])) {
      if (path[i].empty()) return std::nullopt;
      params.emplace_back(pattern[i].substr(1, pattern[i].size() - 2), decoded(path[i]));
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return params;
}

}  // namespace

void Router::add(std::string method, const std::string& pattern, Access access, Handler handler,
                 std::size_t max_body_bytes) {
  for (const auto& route : routes_) {
    if (route.method == method && route.pattern == pattern)
      throw std::logic_error("route added twice: " + pattern);
  }
  Route route{std::move(method), pattern, access, std::move(handler), max_body_bytes, split(pattern)};
  // Routes with fewer names come first, so that /tickets/search is found before /tickets/{id}.
  const auto names = [](const Route& r) {
    return std::count_if(r.segments.begin(), r.segments.end(), is_name);
  };
  const auto place =
      std::find_if(routes_.begin(), routes_.end(),
                   [&, mine = names(route)](const Route& other) { return names(other) > mine; });
  routes_.insert(place, std::move(route));
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
  Match result;
  if (path.empty() || path.front() != '/') return result;
  const auto segments = split(path);
  for (const auto& route : routes_) {
    auto params = match(route.segments, segments);
    if (!params) continue;
    if (route.method == method) return {&route, std::move(*params), {}};
    result.allowed.push_back(route.method);
  }
  return result;
}

}  // namespace ccms::server
