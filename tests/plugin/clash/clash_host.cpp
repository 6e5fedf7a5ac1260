// A host that has another Poco loaded globally. usage: clash_host local|deepbind DATA_FOLDER SERVER_URL
#include <dlfcn.h>

#include <cstdio>
#include <exception>
#include <string_view>

#include "tests/support/plugin_host/plugin_host.h"

extern "C" int other_poco_version();

int main(int, char** argv) {
  using ccms::test::PluginHost;
  try {
    const bool deep = std::string_view(argv[1]) == "deepbind";
    PluginHost host(RTLD_NOW | RTLD_LOCAL | (deep ? RTLD_DEEPBIND : 0));
    host.open(PluginHost::config(argv[2], argv[3]));
    host.enrol("ABCD-EFGH-JKMN");
    std::printf("enrolled beside Poco %d\n", other_poco_version());
    return 0;
  } catch (const std::exception& failure) {
    std::printf("%s\n", failure.what());
    return 1;
  }
}
