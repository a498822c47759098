#include "importers/crs_detection/grid_zones.hpp"

#include <array>

namespace ranh::crs_detection {

std::span<const GridZone> grid_zones() {
    static constexpr std::array<GridZone, 6> zones = {{
        {5899, "múi 3°", "TM-3", "107°45'", 107.75, 0.9999, true, {{434'100, 1'155'600}, {642'200, 1'421'500}}},
        {9218, "múi 3°", "TM-3", "108°30'", 108.5, 0.9999, true, {{352'000, 1'155'600}, {560'100, 1'421'500}}},
        {3405, "múi 6°", "UTM 48", "105°", 105.0, 0.9996, true, {{733'100, 1'156'000}, {943'400, 1'424'200}}},
        {3406, "múi 6°", "UTM 49", "111°", 111.0, 0.9996, true, {{78'100, 1'155'900}, {288'200, 1'423'800}}},
        {5898, "múi 3°", "TM-3", "108°00'", 108.0, 0.9999, false, {{406'700, 1'155'600}, {614'800, 1'421'400}}},
        {9217, "múi 3°", "TM-3", "108°15'", 108.25, 0.9999, false, {{379'300, 1'155'600}, {587'400, 1'421'400}}},
    }};
    return zones;
}

geom::Box province_box() { return {{107.15, 10.45}, {109.05, 12.85}}; }

}  // namespace ranh::crs_detection
