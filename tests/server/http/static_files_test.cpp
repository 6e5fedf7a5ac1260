#include "server/http/resources/static_files.h"

#include <gtest/gtest.h>

#include "tests/support/services/temp_folder.h"

namespace ccms::server {
namespace {

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    folder_.write("web/index.html", "<title>Console</title>");
    folder_.write("web/assets/app-1a2b.js", "console.log(1)");
    folder_.write("secret.txt", "secret");
    std::filesystem::create_symlink(folder_.path() / "secret.txt", folder_.path() / "web" / "link.txt");
  }
  Response get(const std::string& path, NameValues headers = {}) {
    Request request;
    request.path = path;
    request.headers = std::move(headers);
    return StaticFiles(folder_.path() / "web").answer(request);
  }
  static std::string header(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  test::TempFolder folder_;
};

TEST_F(StaticFilesTest, FilesComeWithTheirTypeAndMayBeKept) {
  const Response script = get("/assets/app-1a2b.js");
  EXPECT_EQ(script.body, "console.log(1)");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(header(script, "X-Content-Type-Options"), "nosniff");
}

TEST_F(StaticFilesTest, PagesOfTheConsoleAreItsIndex) {
  for (const char* path : {"/", "/tickets/ABCD", "/login"}) {
    const Response page = get(path);
    EXPECT_EQ(page.body, "<title>Console</title>") << path;
    EXPECT_NE(header(page, "Content-Security-Policy").find("script-src 'self'"), std::string::npos);
    EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  }
}

TEST_F(StaticFilesTest, AMissingFileIsMissing) { EXPECT_EQ(get("/assets/gone.js").status, 404); }

TEST_F(StaticFilesTest, NothingOutsideTheFolderIsRead) {
  for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "//../secret.txt", "/link.txt"})
    EXPECT_EQ(get(path).status, 404) << path;
  EXPECT_EQ(get(std::string("/index.html\0.js", 15)).status, 404);
}

TEST_F(StaticFilesTest, WhatTheBrowserHasIsNotSentAgain) {
  const Response page = get("/");
  EXPECT_EQ(get("/", {{"If-None-Match", header(page, "ETag")}}).status, 304);
}

}  // namespace
}  // namespace ccms::server
