#pragma once

#include <random>
#include <string>
#include <vector>

namespace ccms::fuzz {

/// Makes new inputs out of good ones; the same seed gives the same inputs.
class Mutator {
 public:
  Mutator(std::vector<std::string> seeds, unsigned seed);

  /// One of the seeds after one to four mutations: bytes flipped, removed, repeated, replaced by pieces that
  /// parsers stumble over, or spliced in from another seed.
  std::string next();

 private:
  std::size_t below(std::size_t limit);  ///< limit > 0
  const std::string& any_seed();
  void mutate(std::string& text);

  std::vector<std::string> seeds_;
  std::mt19937 random_;
};

}  // namespace ccms::fuzz
