#include "spatial/codec/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace ranh::codec {
namespace {

using testing::HasSubstr;

/// What the reader says about a text it refuses.
Error refusal(std::string_view text, const JsonLimits& limits = {}) {
    const auto parsed = parse_json(text, limits);
    return parsed.ok() ? Error{ErrorKind::internal, "was read", {}} : parsed.error();
}

/// The same value as another implementation reads it back from our text.
nlohmann::json read_by_another(const Json& json, JsonLayout layout = JsonLayout::compact) {
    return nlohmann::json::parse(to_text(json, layout));
}

TEST(JsonWriting, KeepsTheOrderOfMembers) {
    Json json;
    json.add("z", 1).add("a", nullptr).add("m", true);
    EXPECT_EQ(to_text(json), R"({"z":1,"a":null,"m":true})");
}

TEST(JsonWriting, TellsRealsFromWholes) {
    EXPECT_EQ(to_text(JsonArray{Json(1), Json(1.0), Json(0.1), Json(1e300)}), "[1,1.0,0.1,1e+300]");
}

TEST(JsonWriting, WritesDoublesSoThatTheyReadBackTheSame) {
    for (const double value : {0.1, 1.0 / 3.0, 15986997.612345678, 5e-324, std::numeric_limits<double>::max(), -0.0,
                               1e15, 123456789012345680.0}) {
        const auto back = parse_json(to_text(Json(value))).value().number();
        ASSERT_TRUE(back);
        EXPECT_EQ(std::signbit(*back), std::signbit(value));
        EXPECT_EQ(*back, value);
    }
}

TEST(JsonWriting, EscapesWhatMustBeEscaped) {
    const std::string text = "\"\\\n\r\t\b\x01\x1f/\x7f";
    EXPECT_EQ(read_by_another(Json(text)).get<std::string>(), text);
}

TEST(JsonWriting, LeavesVietnameseLettersAsTheyAre) {
    EXPECT_EQ(to_text(Json("Đắk Nông – dự thảo")), "\"Đắk Nông – dự thảo\"");
}

TEST(JsonWriting, GivesTheSameValueInBothLayouts) {
    Json json;
    json.add("empty_array", JsonArray{}).add("empty_object", JsonObject{}).add("box", JsonArray{Json(1), Json(2.5)});
    json.add("rows", JsonArray{Json(JsonObject{{"a", Json("b")}}), Json(JsonArray{Json(JsonArray{})})});
    EXPECT_EQ(read_by_another(json, JsonLayout::indented), read_by_another(json, JsonLayout::compact));
    EXPECT_THAT(to_text(json, JsonLayout::indented), HasSubstr("\n"));
}

TEST(JsonReading, ReadsEveryKindOfValue) {
    const Json json = parse_json(R"( {"n":null,"t":true,"i":-42,"r":1.5e3,"s":"x","a":[1,[]],"o":{}} )").value();
    EXPECT_TRUE(json.find("n")->is_null());
    EXPECT_EQ(json.find("t")->boolean(), true);
    EXPECT_EQ(json.find("i")->integer(), -42);
    EXPECT_EQ(json.find("r")->number(), 1500.0);
    EXPECT_FALSE(json.find("r")->integer());
    EXPECT_EQ(json.find("s")->string(), "x");
    EXPECT_EQ(json.find("a")->array()->size(), 2U);
    EXPECT_TRUE(json.find("o")->is_object());
    EXPECT_EQ(json.find("nowhere"), nullptr);
}

TEST(JsonReading, ReadsEscapesAndPairsOfSurrogates) {
    EXPECT_EQ(parse_json(R"("\u0110\u1eafk \ud83d\ude00 \/ \"")").value().string(), "Đắk 😀 / \"");
}

TEST(JsonReading, KeepsWholesOfSixtyFourBits) {
    EXPECT_EQ(parse_json("9223372036854775807").value().integer(), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(parse_json("-9223372036854775808").value().integer(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parse_json("18446744073709551615").value().number(), 18446744073709551615.0);
}

TEST(JsonReading, IsNoWholeNumberWithoutAValue) {
    EXPECT_FALSE(Json("1").number());
    EXPECT_FALSE(Json(1).string());
    EXPECT_FALSE(Json(1.0).boolean());
    EXPECT_EQ(Json(1).find("x"), nullptr);
    EXPECT_EQ(Json(1).array(), nullptr);
}

class HostileJson : public testing::TestWithParam<const char*> {};

TEST_P(HostileJson, IsRefusedAsCorrupt) { EXPECT_EQ(refusal(GetParam()).kind, ErrorKind::corrupt_input) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(Texts, HostileJson,
                         testing::Values("", " ", "{", "[", "]", "{]", "nul", "truex", "[1,]", "{\"a\":1,}", "{\"a\"}",
                                         "{a:1}", "{'a':1}", "01", "+1", "1.", ".5", "0x10", "NaN", "Infinity",
                                         "-Infinity", "1e999", "-1e999", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"",
                                         "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"a\nb\"", "1 2", "{} {}",
                                         "/*c*/1", "[1]//", "\xEF\xBB", "{\"a\":1 \"b\":2}", "[1 2]", "{\"\":}"));

TEST(JsonReading, RefusesARepeatedMember) {
    const Error error = refusal(R"({"crs":"EPSG:5899","crs":"EPSG:9218"})");
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.sentence, HasSubstr("crs"));
}

TEST(JsonReading, NamesTheByteWhereItStopped) { EXPECT_THAT(refusal("[1,2,oops]").sentence, HasSubstr("6")); }

TEST(JsonReading, RefusesNestingDeeperThanAllowed) {
    const std::string deep = std::string(64, '[') + std::string(64, ']');
    EXPECT_TRUE(parse_json(deep).ok());
    EXPECT_EQ(refusal("[" + deep + "]").kind, ErrorKind::corrupt_input);
    EXPECT_THAT(refusal("[" + deep + "]").sentence, HasSubstr("64"));
}

TEST(JsonReading, SurvivesAMillionOpenBrackets) {
    EXPECT_EQ(refusal(std::string(1'000'000, '[')).kind, ErrorKind::corrupt_input);
    std::string objects;
    for (int i = 0; i < 100'000; ++i) {
        objects += "{\"a\":";
    }
    EXPECT_EQ(refusal(objects).kind, ErrorKind::corrupt_input);
}

TEST(JsonReading, RefusesMoreBytesThanAllowed) {
    EXPECT_EQ(refusal("[1,2,3]", {.most_bytes = 6}).kind, ErrorKind::limit_exceeded);
    EXPECT_TRUE(parse_json("[1,2,3]", {.most_bytes = 7}).ok());
}

TEST(JsonReading, ReadsBackWhatItWrote) {
    const std::string text = R"({"a":[1,2.5,"x",null,true,{"b":[]}],"c":{"d":-0.0}})";
    EXPECT_EQ(to_text(parse_json(text).value()), text);
}

TEST(JsonOfAValue, WritesDatesAsText) {
    EXPECT_EQ(to_text(to_json(Date::parse("2026-03-31").value())), "\"2026-03-31\"");
}

TEST(JsonOfAValue, WritesNumbersThatJsonCannotHoldAsNull) {
    EXPECT_TRUE(to_json(model::Value(std::nan(""))).is_null());
    EXPECT_TRUE(to_json(model::Value(std::numeric_limits<double>::infinity())).is_null());
    EXPECT_TRUE(to_json(model::Value()).is_null());
}

}  // namespace
}  // namespace ranh::codec
