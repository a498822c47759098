#include "spatial/base/progress.hpp"

#include <gtest/gtest.h>

namespace ranh {
namespace {

TEST(CancelToken, ChecksInSilenceUntilStopped) {
    CancelToken token;
    EXPECT_NO_THROW(token.check());
    token.stop();
    EXPECT_TRUE(token.stopped());
    try {
        token.check();
        FAIL() << "check() returned";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::cancelled);
    }
}

}  // namespace
}  // namespace ranh
