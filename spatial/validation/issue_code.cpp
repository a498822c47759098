#include "spatial/validation/issue_code.hpp"

#include <algorithm>

namespace ranh::validation {
namespace {

constexpr std::string_view ogc_polygon = "OGC 06-103r4 §6.1.11.1";
constexpr std::string_view ogc_multi = "OGC 06-103r4 §6.1.14";
constexpr std::string_view closed_rings = "OGC 06-103r4 §6.1.11.1; 25/2014/TT-BTNMT, 26/2024/TT-BTNMT";
constexpr std::string_view practice = "profile";

constexpr Words no_measure{"", ""};
constexpr Words smaller_loop{"diện tích vòng nhỏ hơn bị cắt ra", "area of the smaller loop cut off"};
constexpr Words ring_area{"diện tích vòng", "area of the ring"};

using enum Severity;
constexpr auto ring = Family::ring;
constexpr auto quality = Nature::quality;

constexpr std::array<Rule, issue_code_count> table{{
    {IssueCode::not_finite,
     "not_finite",
     ring,
     quality,
     error,
     true,
     Unit::none,
     {},
     {"Toạ độ không phải là số", "Coordinate is no number"},
     no_measure,
     {"Sửa toạ độ trong dữ liệu gốc.", "Correct the coordinate in the source."},
     ogc_polygon},
    {IssueCode::ring_not_closed,
     "ring_not_closed",
     ring,
     quality,
     error,
     true,
     Unit::metres,
     {},
     {"Đường ranh không khép kín", "Ring not closed"},
     {"khoảng hở giữa điểm đầu và điểm cuối", "distance between the first and the last point"},
     {"Nối điểm cuối về điểm đầu, hoặc vẽ cạnh còn thiếu.",
      "Join the last point to the first, or draw the missing edge."},
     closed_rings},
    {IssueCode::too_few_points,
     "too_few_points",
     ring,
     quality,
     error,
     true,
     Unit::count,
     {},
     {"Đường ranh có ít hơn ba điểm khác nhau", "Ring of fewer than three different points"},
     {"số điểm khác nhau liên tiếp", "points that differ from the one before"},
     {"Xoá đường này, hoặc vẽ lại đủ các đỉnh.", "Remove the ring, or draw all of its corners."},
     ogc_polygon},
    {IssueCode::zero_area,
     "zero_area",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Đường ranh không bao diện tích nào", "Ring that encloses nothing"},
     ring_area,
     {"Xoá đường này, hoặc vẽ lại ranh thật.", "Remove the ring, or draw the real boundary."},
     ogc_polygon},
    {IssueCode::self_intersection,
     "self_intersection",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Đường ranh tự cắt", "Ring crosses itself"},
     smaller_loop,
     {"Xem lại thứ tự các đỉnh quanh chỗ cắt, hoặc tách thành hai phần tại đó.",
      "Look at the order of the corners around the place, or split the ring there."},
     ogc_polygon},
    {IssueCode::self_touch,
     "self_touch",
     ring,
     quality,
     error,
     true,
     Unit::metres,
     {},
     {"Đường ranh tự chạm", "Ring touches itself"},
     {"chiều dài đoạn ranh chạy trùng, 0 nếu chỉ chạm tại một điểm",
      "length it runs along itself, 0 at a single point"},
     {"Tách thành hai phần, hoặc thành vùng có lỗ, tại chỗ chạm.",
      "Split into two parts, or into an area with a hole, where it touches."},
     ogc_polygon},
    {IssueCode::spike,
     "spike",
     ring,
     quality,
     error,
     true,
     Unit::metres,
     {},
     {"Gai: đường ranh đi ra rồi quay lại trên chính nó", "Spike: the ring runs out and back along itself"},
     {"chiều dài gai", "length of the spike"},
     {"Bỏ đỉnh ở đầu gai.", "Remove the corner at its tip."},
     ogc_polygon},
    {IssueCode::hole_crossing,
     "hole_crossing",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Lỗ cắt ranh ngoài hoặc cắt lỗ khác", "Hole crosses its shell or another hole"},
     {"diện tích lỗ nằm ngoài ranh, hoặc nằm trên lỗ kia", "area of the hole outside the shell, or on the other hole"},
     {"Vẽ lại lỗ bên trong ranh; gộp hai lỗ cắt nhau thành một.",
      "Draw the hole inside the shell; make two crossing holes one."},
     ogc_polygon},
    {IssueCode::part_crossing,
     "part_crossing",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Hai phần của một đối tượng cắt nhau", "Two parts of one feature cross"},
     {"diện tích chung của hai đường ranh", "area common to the two rings"},
     {"Gộp hai phần làm một, hoặc sửa ranh chung.", "Unite the two parts, or mend their common boundary."},
     ogc_multi},
    {IssueCode::shared_edge,
     "shared_edge",
     ring,
     quality,
     error,
     true,
     Unit::metres,
     {},
     {"Hai đường ranh của một đối tượng chạy trùng nhau", "Two rings of one feature run along each other"},
     {"chiều dài đoạn trùng", "length they have in common"},
     {"Gộp hai phần, hoặc gộp lỗ với ranh ngoài, bỏ cạnh chung.",
      "Unite the parts, or the hole with the outside, without the common edge."},
     ogc_multi},
    {IssueCode::hole_outside,
     "hole_outside",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Lỗ nằm ngoài ranh", "Hole outside its shell"},
     ring_area,
     {"Đưa lỗ về đúng phần của nó, hoặc biến nó thành một phần riêng.",
      "Give the hole to the part it lies in, or make it a part of its own."},
     ogc_polygon},
    {IssueCode::hole_nested,
     "hole_nested",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Lỗ nằm trong lỗ khác", "Hole inside another hole"},
     ring_area,
     {"Xoá lỗ bên trong, hoặc biến nó thành một phần riêng.", "Remove the inner hole, or make it a part of its own."},
     ogc_polygon},
    {IssueCode::nested_shells,
     "nested_shells",
     ring,
     quality,
     error,
     true,
     Unit::square_metres,
     {},
     {"Một phần nằm trong phần khác", "Part inside another part"},
     ring_area,
     {"Xoá phần bên trong, hoặc biến nó thành lỗ.", "Remove the inner part, or make it a hole."},
     ogc_multi},
    {IssueCode::interior_disconnected,
     "interior_disconnected",
     ring,
     quality,
     error,
     true,
     Unit::none,
     {},
     {"Các lỗ chạm nhau cắt rời phần bên trong", "Touching holes cut the interior in two"},
     no_measure,
     {"Tách thành hai phần tại các điểm chạm.", "Split into two parts at the points of touch."},
     ogc_polygon},
    {IssueCode::wrong_orientation,
     "wrong_orientation",
     ring,
     quality,
     warning,
     false,
     Unit::none,
     {},
     {"Lỗ cùng chiều với ranh ngoài, hoặc các phần ngược chiều nhau",
      "Hole turns the same way as its shell, or parts turn different ways"},
     no_measure,
     {"Đảo thứ tự các đỉnh của đường này.", "Reverse the order of the corners of this ring."},
     ogc_polygon},
    {IssueCode::repeated_point,
     "repeated_point",
     ring,
     quality,
     warning,
     false,
     Unit::metres,
     Parameter::grid_m,
     {"Đỉnh lặp lại", "Repeated point"},
     {"khoảng cách tới đỉnh trước", "distance from the corner before"},
     {"Bỏ một trong hai đỉnh.", "Remove one of the two corners."},
     practice},
    {IssueCode::short_edge,
     "short_edge",
     ring,
     quality,
     warning,
     false,
     Unit::metres,
     Parameter::least_edge_m,
     {"Cạnh quá ngắn", "Short edge"},
     {"chiều dài cạnh", "length of the edge"},
     {"Xem hai đỉnh có phải là một mốc không; nếu phải, bỏ một đỉnh.",
      "See whether the two corners are one mark; if so, remove one."},
     practice},
    {IssueCode::sharp_angle,
     "sharp_angle",
     ring,
     quality,
     warning,
     false,
     Unit::degrees,
     Parameter::least_angle_deg,
     {"Góc quá nhọn", "Corner too sharp"},
     {"góc tại đỉnh", "angle at the corner"},
     {"Xem đỉnh này có phải là điểm thừa không.", "See whether the corner is one too many."},
     practice},
    {IssueCode::small_area,
     "small_area",
     ring,
     quality,
     warning,
     false,
     Unit::square_metres,
     Parameter::least_area_m2,
     {"Thửa quá nhỏ", "Area too small"},
     {"diện tích", "area"},
     {"Xem đây có phải là mảnh vụn do biên tập để lại không.", "See whether it is a scrap left by editing."},
     practice},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        const bool measured = table[i].unit != Unit::none;
        if (static_cast<std::size_t>(table[i].code) != i || measured != !table[i].measure.en.empty()) {
            return false;
        }
    }
    return true;
}
static_assert(is_in_order());

}  // namespace

const std::array<Rule, issue_code_count>& rule_table() { return table; }

const Rule& rule_of(IssueCode code) { return table[static_cast<std::size_t>(code)]; }

std::string_view to_string(IssueCode code) { return rule_of(code).name; }

std::string_view to_string(Family family) {
    switch (family) {
        case Family::ring: return "ring";
        case Family::coverage: return "coverage";
        case Family::attribute: return "attribute";
        case Family::registry: return "register";
        case Family::group: break;
    }
    return "group";
}

std::string_view to_string(Nature nature) {
    switch (nature) {
        case Nature::legal: return "legal";
        case Nature::quality: return "quality";
        case Nature::rule: break;
    }
    return "rule";
}

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::info: break;
    }
    return "info";
}

std::string_view to_string(Unit unit) {
    switch (unit) {
        case Unit::none: return "";
        case Unit::metres: return "m";
        case Unit::square_metres: return "m2";
        case Unit::degrees: return "deg";
        case Unit::count: break;
    }
    return "1";
}

std::optional<IssueCode> parse_issue_code(std::string_view name) {
    const auto* const row = std::ranges::find(table, name, &Rule::name);
    return row == table.end() ? std::nullopt : std::optional(row->code);
}

std::optional<Severity> parse_severity(std::string_view name) {
    for (const auto severity : {Severity::error, Severity::warning, Severity::info}) {
        if (to_string(severity) == name) {
            return severity;
        }
    }
    return std::nullopt;
}

}  // namespace ranh::validation
