#include "tests/support/services/certificate.h"

#include "tests/support/services/run_program.h"

namespace ccms::test {

std::filesystem::path make_certificate(const std::filesystem::path& folder, const std::string& name,
                                       const std::string& host) {
  const auto certificate = folder / (name + ".pem");
  run_successfully({.command = {"openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2",
                                "-subj", "/CN=" + host, "-addext", "subjectAltName=DNS:" + host, "-keyout",
                                (folder / (name + ".key")).string(), "-out", certificate.string()}});
  return certificate;
}

}  // namespace ccms::test
