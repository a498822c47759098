#include "tests/support/xml_cases.hpp"

#include "spatial/base/error.hpp"
#include "spatial/codec/wkb.hpp"
#include "spatial/codec/wkt.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>

namespace ranh::test {
namespace {

using geom::Geometry;

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string()
                                           : std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string bytes_of_digits(const std::string& digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::optional<Geometry> rounded(std::optional<Geometry> geometry, double scale) {
    if (geometry && scale > 0.0) {
        for (geom::Point& p : geometry->mutable_points()) {
            p = {std::round(p.x * scale) / scale, std::round(p.y * scale) / scale};
        }
    }
    return geometry;
}

XmlQuestion question_of(const pugi::xml_node& node) {
    return {.name = lower(node.attribute("name").value()),
            .first = lower(node.attribute("arg1").value()),
            .second = lower(node.attribute("arg2").value()),
            .pattern = trimmed(node.attribute("arg3").value()),
            .answer = trimmed(node.child_value())};
}

}  // namespace

std::optional<Geometry> geometry_of_case(const std::string& text) {
    const std::string whole = trimmed(text);
    if (whole.empty()) {
        return std::nullopt;
    }
    const bool digits = std::ranges::all_of(whole, [](unsigned char c) { return std::isxdigit(c) != 0; });
    auto geometry = digits ? codec::parse_wkb(bytes_of_digits(whole)) : codec::parse_wkt(whole);
    if (!geometry) {
        return std::nullopt;
    }
    return std::move(geometry).value();
}

std::vector<XmlCase> read_xml_cases(const std::filesystem::path& file) {
    pugi::xml_document document;
    const pugi::xml_parse_result read = document.load_file(file.c_str());
    if (!read) {
        throw Failure(ErrorKind::corrupt_input,
                      file.string() + " is not XML at byte " + std::to_string(read.offset) + ": " + read.description());
    }
    const pugi::xml_node run = document.child("run");
    const double scale = run.child("precisionModel").attribute("scale").as_double(0.0);
    std::vector<XmlCase> cases;
    for (const pugi::xml_node& node : run.children("case")) {
        XmlCase& one = cases.emplace_back(XmlCase{.file = file.filename().string(),
                                                  .number = cases.size() + 1,
                                                  .title = trimmed(node.child_value("desc")),
                                                  .scale = scale,
                                                  .a = rounded(geometry_of_case(node.child_value("a")), scale),
                                                  .b = rounded(geometry_of_case(node.child_value("b")), scale),
                                                  .questions = {}});
        for (const pugi::xml_node& test : node.children("test")) {
            for (const pugi::xml_node& question : test.children("op")) {
                one.questions.push_back(question_of(question));
            }
        }
    }
    return cases;
}

std::vector<std::filesystem::path> xml_files_below(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() == ".xml") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace ranh::test
