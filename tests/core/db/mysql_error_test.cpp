#include "core/db_mysql/mysql_error.h"

#include <gtest/gtest.h>

namespace ccms::db {
namespace {

TEST(MysqlError, FindsTheNumberInPocosText) {
  EXPECT_EQ(mysql_error_code("[Comment]: mysql_stmt_execute error\t[mysql_stmt_error]: Duplicate entry 'a'"
                             "\t[mysql_stmt_errno]: 1062\t[mysql_stmt_sqlstate]: 23000"),
            1062);
  EXPECT_EQ(mysql_error_code("[mysql_errno]: 2006"), 2006);
  EXPECT_EQ(mysql_error_code("[mysql_errno]: "), 0);
  EXPECT_EQ(mysql_error_code("unknown field type"), 0);
}

TEST(MysqlError, KnowsWhatToTryAgain) {
  EXPECT_TRUE(DbError(mysql_error_kind(1213), "").retryable());
  EXPECT_TRUE(DbError(mysql_error_kind(1205), "").retryable());
  EXPECT_FALSE(DbError(mysql_error_kind(2013), "").retryable());
  EXPECT_EQ(mysql_error_kind(2013), ErrorKind::connection_lost);
  EXPECT_EQ(mysql_error_kind(1047), ErrorKind::connection_lost);
  EXPECT_EQ(mysql_error_kind(1114), ErrorKind::full);
  EXPECT_EQ(mysql_error_kind(1064), ErrorKind::other);
}

}  // namespace
}  // namespace ccms::db
