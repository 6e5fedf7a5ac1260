#include <gtest/gtest.h>

#include "core/wire/json_reader.h"

namespace ccms::wire {
namespace {

/// "ok", or code and field of the first error.
std::string outcome(std::string_view bytes) {
  Problems problems;
  const bool parsed = parse_json(bytes, problems).has_value();
  const auto errors = std::move(problems).take();
  EXPECT_EQ(parsed, errors.empty());
  return parsed ? "ok" : errors.front().code + " " + errors.front().field;
}

TEST(StrictJson, TakesOneValue) {
  for (const char* bytes :
       {"{}", "[]", "null", "-0", " {\"a\":[1,2.5,\"x\",true,null]} ", "\"\\ud83d\\ude00\""}) {
    EXPECT_EQ(outcome(bytes), "ok") << bytes;
  }
}

TEST(StrictJson, RefusesWhatIsNotJson) {
  for (const char* bytes :
       {"",       " ",       "{",           "{\"a\":1,}",         "[1,]",    "{'a':1}", "{a:1}",
        "01",     "+1",      "NaN",         "Infinity",           "// c\n1", "1 2",     "{}{}",
        "\"\t\"", "\"\\x\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "nul",     "\"open"}) {
    EXPECT_EQ(outcome(bytes), "not_json ") << bytes;
  }
  EXPECT_EQ(outcome(std::string_view("{}\0", 3)), "not_json ");
  EXPECT_EQ(outcome("\"\xFF\""), "invalid_utf8 ");
  EXPECT_EQ(outcome("\"\xED\xA0\x80\""), "invalid_utf8 ");
}

TEST(StrictJson, NamesDuplicateKeysAndNumbersBeyondRange) {
  EXPECT_EQ(outcome(R"({"a":1,"b":2,"a":3})"), "bad_value /a");
  EXPECT_EQ(outcome(R"({"a":[{},{"b":{"c":1,"\u0063":2}}]})"), "bad_value /a/1/b/c");
  EXPECT_EQ(outcome(R"({"a":[0,1e999]})"), "bad_value /a/1");
  EXPECT_EQ(outcome(R"({"a/b":{"~":1,"~":1}})"), "bad_value /a~1b/~0");
}

TEST(StrictJson, StopsAtDeepAndWideDocuments) {
  EXPECT_EQ(outcome(std::string(16, '[') + std::string(16, ']')), "ok");
  EXPECT_EQ(outcome(std::string(17, '[') + std::string(17, ']')),
            "bad_value /0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0");
  EXPECT_EQ(outcome(std::string(1'000'000, '[')).substr(0, 9), "bad_value");
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "{\"a\":";
  EXPECT_EQ(outcome(nested).substr(0, 9), "bad_value");
  std::string wide = "{";
  for (int i = 0; i < 257; ++i) wide += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_EQ(outcome(wide + "\"z\":0}"), "too_long /k256");
}

TEST(StrictJson, LongNamesAreCutInPointers) {
  const std::string name(10'000, 'n');
  EXPECT_LE(outcome("{\"" + name + "\":1,\"" + name + "\":1}").size(), 300U);
}

}  // namespace
}  // namespace ccms::wire
