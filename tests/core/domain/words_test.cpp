#include "core/domain/words.h"

#include <gtest/gtest.h>

namespace ccms::domain {
namespace {

bool found(const char* text, const char* phrase) { return has_phrase(words_of(text), words_of(phrase)); }

TEST(Words, StandBetweenSpacesWhateverStoodBetweenThem) {
  EXPECT_EQ(words_of("  The milk -- \n was SOUR!"), " the milk was sour ");
  EXPECT_EQ(words_of(""), "");
  EXPECT_EQ(words_of("?! …"), "");
  EXPECT_EQ(words_of("“Glass” in bread…"), " glass in bread ");
}

TEST(Words, AreFoundWholeAndInTheirOrder) {
  EXPECT_TRUE(found("There was glass in it.", "glass"));
  EXPECT_TRUE(found("glass", "glass"));
  EXPECT_FALSE(found("My glasses broke.", "glass"));
  EXPECT_TRUE(found("The milk: spoiled; milk again", "spoiled milk"));
  EXPECT_FALSE(found("milk spoiled", "spoiled milk"));
  EXPECT_FALSE(found("spoiled and sour milk", "spoiled milk"));
}

TEST(Words, KnowNeitherCaseNorAccents) {
  EXPECT_TRUE(found("ÜBELKEIT nach dem Essen", "ubelkeit"));
  EXPECT_TRUE(found("cafe\xCC\x81 au lait", "CAFÉ")) << "an accent of its own";
  EXPECT_TRUE(found("auf der Straße", "strasse"));
  EXPECT_TRUE(found("Испорчено!", "испорчено"));
}

TEST(Words, APhraseWithoutWordsIsNowhere) {
  EXPECT_FALSE(found("really?", "?"));
  EXPECT_FALSE(found("", ""));
}

}  // namespace
}  // namespace ccms::domain
