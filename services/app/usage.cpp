#include "services/app/usage.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace ranh::app {
namespace {

bool is_option(const std::string& word) { return word.starts_with('-'); }

/// The innermost command that was chosen: `layers` in "ranh layers fly", the program in "ranh fly layers".
const CLI::App& command_meant(const CLI::App& program) {
    const CLI::App* command = &program;
    while (command->remaining().empty() && !command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
    }
    return *command;
}

std::string words_of(const CLI::App& command) {
    std::vector<std::string> words;
    for (const CLI::App* word : command.get_subcommands([](const CLI::App*) { return true; })) {
        words.push_back(word->get_name());
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string unexpected(const CLI::App& command, const std::string& word) {
    const std::string words = words_of(command);
    if (is_option(word)) {
        return fmt::format("không có tùy chọn '{}' / there is no option '{}'", word, word);
    }
    if (words.empty()) {
        return fmt::format("thừa '{}' / '{}' is one word too many", word, word);
    }
    return fmt::format("không có lệnh '{}'; các lệnh là: {} / there is no command '{}'; the commands are: {}", word,
                       words, word, words);
}

}  // namespace

std::string usage_text(const CLI::App* program, const CLI::Error& error) {
    const CLI::App& command = command_meant(*program);
    const std::vector<std::string> remaining = command.remaining();
    std::string sentence = error.what();
    if (!remaining.empty()) {
        sentence = unexpected(command, remaining.front());
    } else if (program->get_subcommands().empty()) {
        const std::string words = words_of(*program);
        sentence =
            fmt::format("thiếu lệnh; các lệnh là: {} / a command is missing; the commands are: {}", words, words);
    }
    const std::string path = &command == program ? std::string() : command.get_name() + " ";
    return fmt::format("ranh: {}\nTrợ giúp / help: ranh {}--help\n", sentence, path);
}

}  // namespace ranh::app
