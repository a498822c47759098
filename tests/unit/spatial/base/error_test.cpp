#include "spatial/base/error.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ranh {
namespace {

TEST(Error, TextPutsTheContextFirst) {
    EXPECT_EQ((Error{ErrorKind::io, "the disk is full", "ranh.gpkg"}).text(), "ranh.gpkg: the disk is full");
    EXPECT_EQ((Error{ErrorKind::io, "the disk is full", {}}).text(), "the disk is full");
}

TEST(ErrorKind, HasAName) {
    EXPECT_EQ(to_string(ErrorKind::limit_exceeded), "limit_exceeded");
    EXPECT_EQ(to_string(ErrorKind::corrupt_input), "corrupt_input");
}

TEST(Failure, CarriesItsError) {
    const Failure failure(ErrorKind::not_found, "layer 'x' does not exist", "--at");
    EXPECT_EQ(failure.error().kind, ErrorKind::not_found);
    EXPECT_STREQ(failure.what(), "--at: layer 'x' does not exist");
}

TEST(Result, HoldsAValueOrAnError) {
    const Result<int> good(7);
    EXPECT_TRUE(good.ok());
    EXPECT_EQ(good.value(), 7);
    const Result<int> bad(Error{ErrorKind::io, "no", {}});
    EXPECT_FALSE(bad);
    EXPECT_EQ(bad.error().sentence, "no");
}

TEST(Result, ValueOfAFailedOneThrowsItsError) {
    const Result<std::string> bad(Error{ErrorKind::conflict, "taken", {}});
    try {
        (void)bad.value();
        FAIL() << "value() returned";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::conflict);
    }
}

TEST(Result, ValueCanBeMovedOut) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 5);
}

}  // namespace
}  // namespace ranh
