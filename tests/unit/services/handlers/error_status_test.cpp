#include "services/handlers/error_status.hpp"

#include <gtest/gtest.h>

namespace ranh::handlers {
namespace {

TEST(StatusOf, TellsFaultsOfTheRequestFromFaultsOfOurs) {
    EXPECT_EQ(status_of(ErrorKind::invalid_argument), 400);
    EXPECT_EQ(status_of(ErrorKind::corrupt_input), 400);
    EXPECT_EQ(status_of(ErrorKind::unsupported), 400);
    EXPECT_EQ(status_of(ErrorKind::forbidden), 403);
    EXPECT_EQ(status_of(ErrorKind::not_found), 404);
    EXPECT_EQ(status_of(ErrorKind::conflict), 409);
    EXPECT_EQ(status_of(ErrorKind::limit_exceeded), 413);
    EXPECT_EQ(status_of(ErrorKind::cancelled), 503);
    EXPECT_EQ(status_of(ErrorKind::io), 500);
    EXPECT_EQ(status_of(ErrorKind::internal), 500);
}

}  // namespace
}  // namespace ranh::handlers
