#include "tests/scenario/command_line/small_workspace.hpp"

#include <filesystem>

namespace ranh::test {
namespace {

/// The state every test starts from, imported once; each test then has a copy of the file.
struct FirstState {
    SampleWorkspace workspace{std::vector<std::string>{}};

    FirstState() {
        for (const auto& [source, layer] :
             {std::pair("tiny/zones.csv", "zones"), std::pair("tiny/parcels.csv", "parcels")}) {
            const ProgramEnd end = workspace.run({"import", sample(source), "--layer", layer, "--kind", "plan_area"});
            if (end.exit_code != 0) {
                throw Failure(ErrorKind::internal, end.text());
            }
        }
    }
};

}  // namespace

SmallWorkspace::SmallWorkspace() {
    static const FirstState first;
    std::filesystem::copy_file(first.workspace.file(), m_workspace.file());
}

ProgramEnd SmallWorkspace::import(const std::string& source, const std::string& layer,
                                  const std::vector<std::string>& more_words) const {
    std::vector<std::string> words = {"import", source, "--layer", layer, "--kind", "plan_area"};
    words.insert(words.end(), more_words.begin(), more_words.end());
    return run(words);
}

codec::Json SmallWorkspace::version(const std::string& layer, int number) const {
    const codec::Json layers = json({"layers", "--all"});
    for (const codec::Json& row : *layers.array()) {
        if (text_of(row, "layer") == layer && number_of(row, "version") == number) {
            return row;
        }
    }
    throw Failure(ErrorKind::not_found, "no version " + layer + "@" + std::to_string(number));
}

}  // namespace ranh::test
