#include "spatial/store/postgis/address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using postgis::parse_address;
using testing::HasSubstr;
using testing::Not;

TEST(PostgisAddress, TakesTheSchemaOutOfTheParameters) {
    const auto address = parse_address("postgresql://gis@db:5433/land?sslmode=require&schema=du_an&connect_timeout=3");
    ASSERT_TRUE(address.ok());
    EXPECT_EQ(address.value().schema, "du_an");
    EXPECT_EQ(address.value().connection, "postgresql://gis@db:5433/land?sslmode=require&connect_timeout=3");
    EXPECT_EQ(address.value().name, "postgresql://gis@db:5433/land?schema=du_an");
    EXPECT_EQ(parse_address("postgres://db/land").value().schema, "ranh");
}

TEST(PostgisAddress, NamesASocketFolder) {
    EXPECT_EQ(parse_address("postgresql:///land?host=/run/postgresql").value().name,
              "postgresql:///land?host=/run/postgresql&schema=ranh");
}

TEST(PostgisAddress, NeverRepeatsAPassword) {
    for (const char* text : {"postgresql://gis:s3cret@db/land", "postgresql://gis@db/land?password=s3cret",
                             "postgresql://gis:s3cret@db/land?schema=plans"}) {
        const auto address = parse_address(text);
        ASSERT_TRUE(address.ok()) << text;
        EXPECT_THAT(address.value().name, Not(HasSubstr("s3cret")));
        EXPECT_THAT(address.value().connection, HasSubstr("s3cret"));
    }
    for (const char* text :
         {"postgresql://gis:s3cret%zz@db/land", "postgresql://gis:s3cret@db/land?colour=red",
          "postgresql://gis:s3cret@db/land?schema=A-B", "postgresql://gis:s3cret@db/land?schema=pg_x", "s3cret"}) {
        const auto address = parse_address(text);
        ASSERT_FALSE(address.ok()) << text;
        EXPECT_EQ(address.error().kind, ErrorKind::invalid_argument);
        EXPECT_THAT(address.error().text(), Not(HasSubstr("s3cret")));
        EXPECT_THAT(address.error().text(), HasSubstr("postgresql://USER@HOST"));
    }
}

}  // namespace
}  // namespace ranh::test
