// Cases in the XML form of JTS and GEOS: our own beside this file, and those of the folder that RANH_JTS_XML names
// (tests/xmltester/tests of a GEOS source tree, modules/tests/src/test/resources/testxml of JTS).
//
// For every pair of valid polygons in them both measures must give the area of the intersection that GEOS builds, and
// the exact relation must be the one the case expects.

#include "tests/support/xml_cases.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "tests/support/geos_oracle.hpp"
#include "tests/support/joined_area.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace ranh::test {
namespace {

using algorithm::SpatialRelation;
using geom::Geometry;

/// Pairs on which GEOS and we differ for a reason that is known.
struct KnownDifference {
    std::string_view file;
    std::size_t number;
    std::string_view reason;
};
constexpr KnownDifference known_differences[] = {
    {"TestOverlay-jts-798.xml", 1, "one is a sliver of 3.6e-12 that GEOS snaps away"},
    {"TestOverlay-jts-798.xml", 2, "one is a sliver of 2.2e-12 that GEOS snaps away"},
    {"TestOverlay-jts-798.xml", 3, "one is a sliver of 6.9e-12 that GEOS snaps away"},
    {"TestOverlayNGFailure.xml", 3, "one is a sliver of 5.9e-11 that GEOS rounds away"},
    {"TestOverlay-jts-808.xml", 1, "one is a sliver of 2.2e-16 that GEOS snaps away"},
};

bool is_known(const XmlCase& one) {
    return std::ranges::any_of(known_differences, [&](const KnownDifference& known) {
        return known.file == one.file && known.number == one.number;
    });
}

/// What a predicate of the cases says of two areas in this relation; nothing for other names.
std::optional<bool> predicate(std::string_view name, SpatialRelation relation) {
    using enum SpatialRelation;
    const auto is = [&](auto... any) { return ((relation == any) || ...); };
    if (name == "contains" || name == "covers") {
        return is(contains, equals);
    }
    if (name == "within" || name == "coveredby") {
        return is(within, equals);
    }
    if (name == "touches") {
        return is(touches);
    }
    if (name == "overlaps") {
        return is(crosses);
    }
    if (name == "equalstopo" || name == "equals") {
        return is(equals);
    }
    if (name == "disjoint") {
        return is(disjoint);
    }
    if (name == "intersects") {
        return !is(disjoint);
    }
    if (name == "crosses") {
        return false;  // of areas never
    }
    return std::nullopt;
}

struct Counts {
    std::size_t files = 0;
    std::size_t cases = 0;
    std::size_t pairs = 0;      // of valid polygons
    std::size_t invalid = 0;    // of polygons one of which GEOS refuses
    std::size_t areas = 0;      // compared to an answer of the case
    std::size_t relations = 0;  // likewise
    std::size_t known = 0;
    std::size_t rounded = 0;     // where GEOS is right on rounded coordinates only
    std::size_t unreadable = 0;  // files that are no XML
};

class CaseCheck {
public:
    CaseCheck(const XmlCase& one, Counts& counts) : m_case(one), m_counts(counts) {}

    void run() {
        if (!is_area(m_case.a) || !is_area(m_case.b)) {
            return;
        }
        if (!geos_valid(*m_case.a) || !geos_valid(*m_case.b)) {
            ++m_counts.invalid;
            return;
        }
        ++m_counts.pairs;
        if (is_known(m_case)) {
            ++m_counts.known;
            return;
        }
        SCOPED_TRACE(m_case.file + ", case " + std::to_string(m_case.number) + ": " + m_case.title);
        m_smaller = std::min(algorithm::area(*m_case.a), algorithm::area(*m_case.b));
        check_measures();
        for (const XmlQuestion& question : m_case.questions) {
            check_area(question);
            check_relation(question);
        }
    }

private:
    static bool is_area(const std::optional<Geometry>& geometry) {
        return geometry && geom::dimension(geometry->type()) == 2;
    }

    void check_measures() {
        const auto expected = area_by_geos();
        ASSERT_TRUE(expected.has_value()) << "GEOS builds no intersection";
        EXPECT_NEAR(algorithm::overlap_area(*m_case.a, *m_case.b), *expected, 1e-6 * m_smaller);

        // A hundred metres or so wide, for the join counts in square micrometres of the working plane.
        const Geometry a = at_parcel_size(*m_case.a);
        const Geometry b = at_parcel_size(*m_case.b);
        if (std::abs(a.box()->max.x) + std::abs(a.box()->max.y) > 1e8) {
            return;  // cells have no numbers so far from the middle of the plane
        }
        for (const int halvings : {0, 3}) {
            EXPECT_NEAR(joined_area(a, b, lattice_for_pair(a, b, halvings)), *expected * m_scale * m_scale,
                        1e-6 * m_smaller * m_scale * m_scale + 1e-9)
                << halvings << " halvings";
        }
    }

    /// By GEOS on unaltered coordinates. Its overlay now and then takes inside for outside there (JTS keeps such cases
    /// in failure/): where ours is another area, that on coordinates rounded to the grid of the answer decides.
    [[nodiscard]] std::optional<double> area_by_geos() {
        const double ours = algorithm::overlap_area(*m_case.a, *m_case.b);
        const auto plain = geos_overlap_area(*m_case.a, *m_case.b);
        if (plain && std::abs(*plain - ours) <= 1e-6 * m_smaller) {
            return plain;
        }
        ++m_counts.rounded;
        const geom::Box box = geom::united(*m_case.a->box(), *m_case.b->box());
        return geos_overlap_area(*m_case.a, *m_case.b, 1e-11 * std::max(box.max.x - box.min.x, box.max.y - box.min.y));
    }

    Geometry at_parcel_size(const Geometry& geometry) {
        m_scale = std::exp2(std::round(std::log2(64.0 / std::sqrt(m_smaller))));
        Geometry result = geometry;
        for (geom::Point& p : result.mutable_points()) {
            p = {p.x * m_scale, p.y * m_scale};
        }
        return result;
    }

    void check_area(const XmlQuestion& question) {
        const bool asked = question.name == "intersection" || question.name == "intersectionng";
        const auto answer = asked ? geometry_of_case(question.answer) : std::nullopt;
        if (answer && m_case.scale == 0.0) {
            ++m_counts.areas;
            EXPECT_NEAR(algorithm::overlap_area(*m_case.a, *m_case.b), algorithm::area(*answer), 1e-6 * m_smaller);
        }
    }

    void check_relation(const XmlQuestion& question) {
        const bool turned = question.first == "b" && question.second == "a";
        if (!turned && !(question.first == "a" && question.second == "b")) {
            return;
        }
        const Geometry& first = turned ? *m_case.b : *m_case.a;
        const Geometry& second = turned ? *m_case.a : *m_case.b;
        const SpatialRelation relation = algorithm::relate(first, second);
        if (question.name == "relate" && question.answer == "true" &&
            question.pattern.find_first_not_of("F012") == std::string::npos && question.pattern.size() == 9) {
            ++m_counts.relations;
            EXPECT_EQ(relation, relation_of_areas(question.pattern)) << question.pattern;
        } else if (const auto said = predicate(question.name, relation)) {
            ++m_counts.relations;
            EXPECT_EQ(*said, question.answer == "true") << question.name;
        }
    }

    const XmlCase& m_case;
    Counts& m_counts;
    double m_smaller = 0.0;
    double m_scale = 1.0;
};

/// A file that is no XML is counted and named; it says nothing about areas.
std::vector<XmlCase> cases_of(const std::filesystem::path& file, Counts& counts) {
    try {
        return read_xml_cases(file);
    } catch (const Failure& failure) {
        ++counts.unreadable;
        std::printf("%s\n", failure.error().text().c_str());
        return {};
    }
}

Counts check_folder(const std::filesystem::path& folder) {
    Counts counts;
    for (const std::filesystem::path& file : xml_files_below(folder)) {
        ++counts.files;
        for (const XmlCase& one : cases_of(file, counts)) {
            ++counts.cases;
            CaseCheck(one, counts).run();
        }
    }
    std::printf(
        "%zu files, %zu cases; %zu pairs of valid polygons (%zu of them known to differ), %zu of invalid ones; "
        "%zu areas and %zu relations compared to answers of the cases; %zu times GEOS was right on rounded coordinates "
        "only; %zu files are no XML\n",
        counts.files, counts.cases, counts.pairs, counts.known, counts.invalid, counts.areas, counts.relations,
        counts.rounded, counts.unreadable);
    return counts;
}

TEST(XmlCases, OfOurOwnHaveTheAreasAndRelationsTheyName) {
    const Counts counts = check_folder(std::filesystem::path(RANH_SOURCE_DIR) / "tests/property/overlay/xml_cases");
    EXPECT_EQ(counts.unreadable, 0U);
    EXPECT_GE(counts.pairs, 25U);
    EXPECT_GE(counts.areas, 15U);
    EXPECT_GE(counts.relations, 100U);
}

TEST(XmlCases, OfTheFolderNamedByTheEnvironmentHaveTheAreasAndRelationsTheyName) {
    const char* folder = std::getenv("RANH_JTS_XML");
    if (folder == nullptr || *folder == '\0') {
        std::printf("RANH_JTS_XML is not set: no case read\n");
        return;
    }
    EXPECT_GT(check_folder(folder).cases, 0U) << folder << " holds no case";
}

}  // namespace
}  // namespace ranh::test
