#include "server/app/private_folder.h"

namespace ccms::server {

namespace fs = std::filesystem;

void make_private_folder(const fs::path& folder) {
  if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
}

}  // namespace ccms::server
