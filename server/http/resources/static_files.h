#pragma once

#include <filesystem>

#include "server/http/message.h"

namespace ccms::server {

/// Answers GET with a file below `root`: the console. A path that names no file and has no extension is one
/// of the console's own pages and gets index.html. Nothing outside `root` is ever read, whatever the path or
/// a link says. Thread-safe.
class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path root) : root_(std::move(root)) {}

  Response answer(const Request& request) const;

 private:
  std::filesystem::path root_;
};

}  // namespace ccms::server
