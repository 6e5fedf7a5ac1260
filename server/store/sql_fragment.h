#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/db/value.h"

namespace ccms::server {

/// A piece of SQL with the values of its `?`, in order, so that pieces can be joined without losing count.
struct SqlFragment {
  std::string text;
  db::Params params;

  SqlFragment& add(std::string_view sql) {
    text += sql;
    return *this;
  }
  SqlFragment& add(std::string_view sql, db::Value value) {
    text += sql;
    params.push_back(std::move(value));
    return *this;
  }
  SqlFragment& add(const SqlFragment& other) {
    text += other.text;
    params.insert(params.end(), other.params.begin(), other.params.end());
    return *this;
  }
};

/// `expression IN (?, ?, …)`; `values` is not empty.
inline SqlFragment in_list(std::string_view expression, const std::vector<std::string>& values) {
  SqlFragment fragment;
  fragment.add(expression).add(" IN (");
  for (std::size_t i = 0; i < values.size(); ++i) fragment.add(i == 0 ? "?" : ", ?", values[i]);
  fragment.add(")");
  return fragment;
}

}  // namespace ccms::server
