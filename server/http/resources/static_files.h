#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "server/http/message.h"

namespace ccms::server {

/// Answers GET with a file below `root`: the console. A path that names no file and has no extension is one
/// of the console's own pages and gets index.html. Nothing outside `root` is ever read, whatever the path or
/// a link says. Thread-safe.
class StaticFiles {
 public:
  /// `frame_ancestors`: the pages that may show ours inside themselves, as in the header
  /// Content-Security-Policy.
  explicit StaticFiles(std::filesystem::path root, std::string frame_ancestors = "'self'")
      : root_(std::move(root)), frame_ancestors_(std::move(frame_ancestors)) {}

  Response answer(const Request& request) const;

 private:
  const std::filesystem::path root_;
  const std::string frame_ancestors_;
};

}  // namespace ccms::server
