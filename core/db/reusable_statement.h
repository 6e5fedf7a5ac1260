#pragma once

#include <Poco/Data/AbstractBinding.h>
#include <Poco/Data/AbstractExtraction.h>
#include <Poco/Data/AbstractExtractor.h>
#include <Poco/Data/LOB.h>
#include <Poco/Data/MetaColumn.h>

#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/db/driver.h"

namespace ccms::db {

/// Binds all parameters of one execution, in order. Poco's own bindings keep references to variables, one
/// each.
class ParameterBinding : public Poco::Data::AbstractBinding {
 public:
  void assign(const Params& params) { params_ = &params; }
  void release();
  std::size_t numOfColumnsHandled() const override { return params_ ? params_->size() : 0; }
  std::size_t numOfRowsHandled() const override { return 1; }
  // Poco's SQLite statement rewinds its list of bindings, and so can be run again, only for one that has
  // more.
  bool canBind() const override { return true; }
  void bind(std::size_t position) override;
  void reset() override {}

 private:
  const Params* params_ = nullptr;
  // The databases' binders keep pointers into these until the statement has run.
  std::list<Poco::Data::BLOB> blobs_;
};

/// Appends one row per call to a Rows, each column in the type that its declaration asks for.
class RowExtraction : public Poco::Data::AbstractExtraction {
 public:
  enum class Kind { integer, real, bytes, text };

  void set_columns(std::vector<std::string> names, std::vector<Kind> kinds);
  Rows take_rows();

  std::size_t numOfColumnsHandled() const override { return kinds_.size(); }
  std::size_t numOfRowsHandled() const override { return 0; }
  std::size_t numOfRowsAllowed() const override { return 1; }
  std::size_t extract(std::size_t position) override;
  Poco::Data::AbstractPreparation::Ptr createPreparation(PreparatorPtr&, std::size_t) override {
    return nullptr;
  }

 private:
  Rows::Cell cell(std::size_t position, Kind kind);

  Rows::ColumnNames names_;
  std::vector<Kind> kinds_;
  Rows rows_;
};

/// How many `?` of an SQL text are parameters, quotes and comments left aside.
std::size_t count_parameters(std::string_view sql);

/// Throws DbError(other) unless as many parameters were given as the statement has. Poco's SQLite statement
/// would bind NULL in the place of missing ones without a word.
void require_parameter_count(std::size_t expected, const Params& given);

/// Poco's statement of one database (`PocoStatement`), compiled once and run many times with other
/// parameters. Poco compiles a finished statement again when it is executed again; the stages that it offers
/// to its own databases as virtual functions are overridden here, so that this happens only once.
/// `Traits::kind(MetaColumn)` says how a column is read.
template <class PocoStatement, class Traits>
class ReusableStatement : public PocoStatement {
 public:
  template <class... Handle>
  explicit ReusableStatement(const std::string& sql, Handle&&... handle)
      : PocoStatement(std::forward<Handle>(handle)...),
        parameter_count_(count_parameters(sql)),
        binding_(new ParameterBinding),
        extraction_(new RowExtraction) {
    this->add(sql);
    this->addBind(binding_);
    this->addExtract(extraction_);
  }

  Rows run_once(const Params& params) {
    require_parameter_count(parameter_count_, params);
    binding_->assign(params);
    if (compiled_) this->reset();
    this->execute();
    binding_->release();
    return extraction_->take_rows();
  }

  bool returns_rows() const { return this->columnsReturned() > 0; }
  std::size_t row_bytes() const { return row_bytes_; }

 protected:
  void compileImpl() override {
    if (compiled_) return;
    PocoStatement::compileImpl();
    std::vector<std::string> names;
    std::vector<RowExtraction::Kind> kinds;
    for (std::size_t i = 0; i < this->columnsReturned(); ++i) {
      const auto& column = this->metaColumn(i);
      names.push_back(column.name());
      kinds.push_back(Traits::kind(column));
      row_bytes_ += column.length();
    }
    extraction_->set_columns(std::move(names), std::move(kinds));
    compiled_ = true;
  }

  // One set of parameters per execution: never ask the binding for another.
  bool canBind() const override { return false; }
  bool canCompile() const override { return !compiled_; }

 private:
  const std::size_t parameter_count_;
  Poco::SharedPtr<ParameterBinding> binding_;
  Poco::SharedPtr<RowExtraction> extraction_;
  std::size_t row_bytes_ = 0;
  bool compiled_ = false;
};

}  // namespace ccms::db
