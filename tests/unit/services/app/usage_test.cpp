#include "services/app/usage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::app {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What is told about a command line of a program with the commands `fly [high|low]` and `swim PLACE`.
std::string told(std::vector<std::string> words) {
    CLI::App program("a program", "ranh");
    program.require_subcommand(1);
    CLI::App* fly = program.add_subcommand("fly", "");
    fly->require_subcommand(0, 1);
    fly->add_subcommand("high", "");
    fly->add_subcommand("low", "");
    std::string place;
    program.add_subcommand("swim", "")->add_option("place", place, "")->required();
    std::reverse(words.begin(), words.end());
    try {
        program.parse(words);
    } catch (const CLI::ParseError& error) {
        return usage_text(&program, error);
    }
    return "nothing is wrong";
}

TEST(UsageText, NamesAnUnknownCommandAndThoseThereAre) {
    EXPECT_EQ(told({"run", "--fast"}),
              "ranh: không có lệnh 'run'; các lệnh là: fly, swim / there is no command 'run'; the commands are: fly, "
              "swim\nTrợ giúp / help: ranh --help\n");
    EXPECT_THAT(told({"run", "swim", "lake"}), HasSubstr("there is no command 'run'"));
}

TEST(UsageText, NamesAnUnknownWordOfACommandAndThoseThereAre) {
    EXPECT_THAT(told({"fly", "away"}), HasSubstr("no command 'away'; the commands are: high, low\n"));
    EXPECT_THAT(told({"fly", "away"}), HasSubstr("ranh fly --help"));
}

TEST(UsageText, ListsTheCommandsWhenNoneIsGiven) {
    EXPECT_THAT(told({}), HasSubstr("a command is missing; the commands are: fly, swim"));
}

TEST(UsageText, NamesAnUnknownOptionAndAWordTooMany) {
    EXPECT_THAT(told({"swim", "lake", "--fast"}), HasSubstr("there is no option '--fast'"));
    EXPECT_THAT(told({"--fast"}), HasSubstr("there is no option '--fast'"));
    EXPECT_THAT(told({"swim", "lake", "sea"}), HasSubstr("'sea' is one word too many"));
}

TEST(UsageText, LeavesOtherFaultsInTheirWords) {
    EXPECT_THAT(told({"swim"}), HasSubstr("place is required"));
    EXPECT_THAT(told({"swim"}), Not(HasSubstr("no command")));
}

}  // namespace
}  // namespace ranh::app
