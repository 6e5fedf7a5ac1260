#pragma once

#include <filesystem>
#include <string>

namespace ccms::test {

// Makes NAME.pem, a self-signed certificate for a host and so its own authority, and NAME.key in a folder,
// good for two days. Returns the certificate's path; throws std::runtime_error.
std::filesystem::path make_certificate(const std::filesystem::path& folder, const std::string& name,
                                       const std::string& host);

}  // namespace ccms::test
