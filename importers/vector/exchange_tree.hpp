#pragma once

#include "spatial/codec/json.hpp"

#include <string>

namespace ranh::vector::detail {

/// XML as a JSON value: an element is the text it holds, or an object of its children and attributes, repeated children
/// an array; names without their prefix. A GML geometry is the object {"gml": its text}. Failure corrupt_input for what
/// is no XML, or is nested deeper than 100.
[[nodiscard]] codec::Json tree_of_xml(const std::string& xml, const std::string& file_name);

}  // namespace ranh::vector::detail
