#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace ccms::host_sim {

/// Reads the server's API as a member of HQ. Threads: one at a time.
class ServerClient {
 public:
  /// Signs in. Errors: std::runtime_error with the server's answer.
  ServerClient(std::string url, const std::string& user, const std::string& password);

  /// The session cookie, "name=value".
  const std::string& cookie() const noexcept { return cookie_; }

  /// Errors: std::runtime_error with the server's answer when it is not 200.
  nlohmann::json get(const std::string& path);
  nlohmann::json post(const std::string& path, const nlohmann::ordered_json& body);

 private:
  nlohmann::json exchange(const std::string& method, const std::string& path, const std::string& body);

  std::string url_;
  std::string cookie_;
  std::string csrf_;
};

}  // namespace ccms::host_sim
