#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ranh::test {

/// One question of a case: `name` in lower case, operands "a" or "b", `pattern` of a relation, and the answer as text.
struct XmlQuestion {
    std::string name;
    std::string first;
    std::string second;
    std::string pattern;
    std::string answer;
};

/// A case of the test files that JTS and GEOS share: two geometries and what is asked of them.
struct XmlCase {
    std::string file;        ///< name without folder
    std::size_t number = 0;  ///< in its file, from 1
    std::string title;
    /// Coordinates are rounded to multiples of 1 / scale as the file asks for; 0: as they stand.
    double scale = 0.0;
    /// Nothing where the case has none, or one that the project has no form for (EMPTY, collections, Z).
    std::optional<geom::Geometry> a;
    std::optional<geom::Geometry> b;
    std::vector<XmlQuestion> questions;
};

/// The geometry of well-known text or of well-known binary in hexadecimal digits, where the project has a form for it.
[[nodiscard]] std::optional<geom::Geometry> geometry_of_case(const std::string& text);

/// Throws Failure when the file is not XML.
[[nodiscard]] std::vector<XmlCase> read_xml_cases(const std::filesystem::path& file);

/// Every *.xml file in the folder and below it, by path.
[[nodiscard]] std::vector<std::filesystem::path> xml_files_below(const std::filesystem::path& folder);

}  // namespace ranh::test
