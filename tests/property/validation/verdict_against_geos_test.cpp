// Valid or not: our verdict is that of GEOS (isValid) on random areas and on the cases in the XML form of JTS and GEOS
// that RANH_JTS_XML names.

#include "spatial/topology/topology.hpp"
#include "spatial/validation/geometry_rules.hpp"
#include "tests/support/exact_validity.hpp"
#include "tests/support/geos_oracle.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/wkt.hpp"
#include "tests/support/xml_cases.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace ranh::test {
namespace {

using geom::Geometry;
using geom::Point;

std::string codes_of(const Geometry& area) {
    std::vector<validation::ValidationIssue> issues;
    validation::GeometryRules(validation::Profile()).check(area, {}, issues);
    std::string codes;
    for (const auto& issue : issues) {
        codes += std::string(to_string(issue.code)) + ' ';
    }
    return codes;
}

std::string geos_reason(const Geometry& area) {
    const auto invalidity = topology::invalidity(area);
    return invalidity ? invalidity->reason : "valid";
}

/// Verdicts compared so far, so that neither is compared in vain.
struct Verdicts {
    std::size_t valid = 0;
    std::size_t invalid = 0;

    void compare(const Geometry& area) {
        const bool verdict = validation::is_valid_area(area);
        ASSERT_EQ(verdict, geos_valid(area)) << geos_reason(area) << " / " << codes_of(area) << '\n' << to_text(area);
        ++(verdict ? valid : invalid);
    }
    void expect_both() const {
        EXPECT_GT(50 * valid, valid + invalid);
        EXPECT_GT(50 * invalid, valid + invalid);
    }
};

/// A closed ring of corners on a small integer grid; now and then a corner that was there before.
void add_grid_ring(Random& random, Geometry& area, int side, int most_corners) {
    std::vector<Point> ring;
    const int count = random.integer(3, most_corners);
    const int x = random.integer(0, 3);
    const int y = random.integer(0, 3);
    for (int i = 0; i < count; ++i) {
        const bool again = !ring.empty() && random.chance(0.1);
        const Point known = ring.empty() ? Point{} : ring[static_cast<std::size_t>(random.integer(0, i - 1))];
        ring.push_back(again ? known
                             : Point{static_cast<double>(x + random.integer(0, side)),
                                     static_cast<double>(y + random.integer(0, side))});
    }
    ring.push_back(ring.front());
    area.add_path(ring);
}

Geometry random_grid_area(Random& random) {
    Geometry area(geom::GeometryType::multi_polygon);
    const int parts = random.chance(0.7) ? 1 : random.integer(2, 3);
    for (int part = 0; part < parts; ++part) {
        add_grid_ring(random, area, random.integer(3, 9), 10);
        const int holes = random.chance(0.5) ? 0 : random.integer(1, 3);
        for (int hole = 0; hole < holes; ++hole) {
            add_grid_ring(random, area, random.integer(1, 3), 5);
        }
        area.end_part();
    }
    return area;
}

/// A square with triangles and squares as holes, which often touch it and each other in corners.
Geometry square_with_holes(Random& random) {
    Geometry area(geom::GeometryType::polygon);
    const Point frame[] = {{0, 0}, {8, 0}, {8, 8}, {0, 8}, {0, 0}};
    area.add_path(frame);
    const int holes = random.integer(1, 5);
    for (int i = 0; i < holes; ++i) {
        const double x = random.integer(0, 6);
        const double y = random.integer(0, 6);
        const double w = random.integer(1, 2);
        const Point diamond[] = {{x + w, y}, {x + 2 * w, y + w}, {x + w, y + 2 * w}, {x, y + w}, {x + w, y}};
        const Point triangle[] = {{x, y}, {x + w, y + 1}, {x + 1, y + w}, {x, y}};
        random.chance(0.5) ? area.add_path(diamond) : area.add_path(triangle);
    }
    area.end_part();
    return area;
}

TEST(VerdictAgainstGeos, AgreesOnRandomRingsOfTheIntegerGrid) {
    SCOPED_TRACE(seed_note());
    Random random;
    Verdicts verdicts;
    const std::size_t count = rounds(20000, 1000000);
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(random_grid_area(random)));
    }
    verdicts.expect_both();
}

/// The reference that fuzzing holds the verdict to is itself held to GEOS.
TEST(ExactReference, SaysWhatGeosSays) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0, count = rounds(5000, 100000); i < count; ++i) {
        const Geometry area = random.chance(0.5) ? random_grid_area(random) : square_with_holes(random);
        ASSERT_EQ(is_exactly_valid(area), geos_valid(area)) << geos_reason(area) << '\n' << to_text(area);
    }
}

TEST(VerdictAgainstGeos, AgreesOnHolesThatTouch) {
    SCOPED_TRACE(seed_note());
    Random random;
    Verdicts verdicts;
    const std::size_t count = rounds(10000, 300000);
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(square_with_holes(random)));
    }
    verdicts.expect_both();
}

TEST(VerdictAgainstGeos, AgreesOnStarsSnappedUntilTheyBreak) {
    SCOPED_TRACE(seed_note());
    Random random;
    Verdicts verdicts;
    const std::size_t count = rounds(5000, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const StarForm form{.centre = {random.real(0, 600000), random.real(0, 1300000)},
                            .radius = 10.0,
                            .vertices = random.integer(5, 40),
                            .hole = random.chance(0.5)};
        const Geometry star = random_star(random, form);
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(star));
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(snapped(star, 1.0)));
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(snapped(star, 4.0)));
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(jittered(random, star, random.real(0.0, 3.0))));
    }
    verdicts.expect_both();
}

TEST(VerdictAgainstGeos, AgreesOnUnitSquaresLooseAndDissolved) {
    SCOPED_TRACE(seed_note());
    Random random;
    Verdicts verdicts;
    const std::size_t count = rounds(1000, 30000);
    for (std::size_t i = 0; i < count; ++i) {
        const int side = random.integer(2, 6);
        const Geometry squares = random_squares(random, side, side, random.real(0.1, 0.8));
        if (squares.empty()) {
            continue;
        }
        ASSERT_NO_FATAL_FAILURE(verdicts.compare(squares));
        const Geometry all[] = {squares};
        if (const auto dissolved = topology::unary_union(all).value()) {
            ASSERT_TRUE(validation::is_valid_area(*dissolved)) << to_text(*dissolved);
        }
    }
    verdicts.expect_both();
}

/// Areas of the cases, and answers to the question isValid among them.
struct Counts {
    std::size_t areas = 0;
    std::size_t answers = 0;
    std::size_t unreadable = 0;
};

void check_case(const XmlCase& one, const std::optional<Geometry>& area, const std::string& operand, Counts& counts) {
    if (!area || geom::dimension(area->type()) != 2 || area->empty()) {
        return;
    }
    SCOPED_TRACE(one.file + ", case " + std::to_string(one.number) + ": " + one.title);
    ++counts.areas;
    const bool valid = validation::is_valid_area(*area);
    EXPECT_EQ(valid, geos_valid(*area)) << codes_of(*area) << "/ " << geos_reason(*area) << '\n' << to_text(*area);
    for (const XmlQuestion& question : one.questions) {
        if (question.name == "isvalid" && question.first == operand) {
            ++counts.answers;
            EXPECT_EQ(valid, question.answer == "true") << codes_of(*area) << '\n' << to_text(*area);
        }
    }
}

Counts check_folder(const std::filesystem::path& folder) {
    Counts counts;
    for (const auto& file : xml_files_below(folder)) {
        try {
            for (const XmlCase& one : read_xml_cases(file)) {
                check_case(one, one.a, "a", counts);
                check_case(one, one.b, "b", counts);
            }
        } catch (const Failure& failure) {
            ++counts.unreadable;
            std::printf("%s\n", failure.error().text().c_str());
        }
    }
    std::printf("%zu areas, %zu answers compared; %zu files are no XML\n", counts.areas, counts.answers,
                counts.unreadable);
    return counts;
}

TEST(VerdictAgainstGeos, AgreesOnOurOwnXmlCases) {
    const Counts counts = check_folder(std::filesystem::path(RANH_SOURCE_DIR) / "tests/property/overlay/xml_cases");
    EXPECT_EQ(counts.unreadable, 0U);
    EXPECT_GE(counts.areas, 50U);
}

/// Passes without looking where no folder is named.
TEST(VerdictAgainstGeos, AgreesOnTheXmlCasesOfAFolder) {
    const char* const folder = std::getenv("RANH_JTS_XML");
    if (folder != nullptr) {
        const Counts counts = check_folder(folder);
        EXPECT_GE(counts.answers, 1U);
    }
}

}  // namespace
}  // namespace ranh::test
