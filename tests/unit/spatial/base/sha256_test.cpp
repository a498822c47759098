#include "spatial/base/sha256.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ranh {
namespace {

// FIPS 180-4, examples of the Secure Hash Standard.
TEST(Sha256, OfTheStandardsExamples) {
    EXPECT_EQ(sha256("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex(),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, IsReadFromItsDigits) {
    EXPECT_EQ(Sha256::parse(sha256("abc").hex()).value(), sha256("abc"));
    EXPECT_EQ(Sha256::parse("abc").error().kind, ErrorKind::corrupt_input);
    EXPECT_EQ(Sha256::parse(std::string(64, 'g')).error().kind, ErrorKind::corrupt_input);
    EXPECT_EQ(Sha256::parse(std::string(63, '0') + "-").error().kind, ErrorKind::corrupt_input);
}

TEST(Sha256Stream, PiecesMakeTheSameDigest) {
    Sha256Stream stream;
    stream.add("a");
    stream.add("");
    stream.add("bc");
    EXPECT_EQ(stream.finish(), sha256("abc"));
}

TEST(DigestSum, DoesNotDependOnTheOrder) {
    std::vector<Sha256> digests;
    for (int i = 0; i < 50; ++i) {
        digests.push_back(sha256(std::to_string(i)));
    }
    DigestSum forwards;
    std::for_each(digests.begin(), digests.end(), [&](const Sha256& digest) { forwards.add(digest); });
    DigestSum backwards;
    std::for_each(digests.rbegin(), digests.rend(), [&](const Sha256& digest) { backwards.add(digest); });
    EXPECT_EQ(forwards.value(), backwards.value());
    EXPECT_NE(forwards.value(), Sha256{});
}

TEST(DigestSum, TakesADigestOutAgain) {
    DigestSum sum;
    sum.add(sha256("a"));
    sum.add(sha256("b"));
    sum.subtract(sha256("a"));
    EXPECT_EQ(sum.value(), sha256("b"));
    sum.subtract(sha256("b"));
    EXPECT_EQ(sum.value(), Sha256{});
}

TEST(DigestSum, CarriesOverAllBytesAndWrapsAround) {
    Sha256 all;
    all.bytes.fill(0xFF);
    Sha256 one;
    one.bytes.back() = 1;
    DigestSum sum;
    sum.add(all);
    sum.add(one);
    EXPECT_EQ(sum.value(), Sha256{});
    sum.subtract(one);
    EXPECT_EQ(sum.value(), all);
}

}  // namespace
}  // namespace ranh
