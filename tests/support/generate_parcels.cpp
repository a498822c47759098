// generate_parcels writes synthetic parcels to standard output as newline-delimited GeoJSON, in the plane of the
// numbers given. What is printed are the exact millimetres: reading it gives the same doubles. Exit codes: 0 done, 2
// wrong usage, 3 not done.

#include "tests/support/parcel_generator.hpp"

#include <geos_c.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace {

using ranh::geom::Point;

constexpr std::string_view usage =
    "generate_parcels [--seed N] [--columns N] [--rows N] [--origin-x M] [--origin-y M] [--side M] [--province]\n"
    "                 [--commune CODE] [--within FILE]\n"
    "  --province  1,600 x 1,594 = 2,550,400 parcels of 40 m; options after it change it\n"
    "  --commune   value of the field of that name; default 00000\n"
    "  --within    keep parcels wholly inside the first POLYGON or MULTIPOLYGON (WKT) found in FILE, same plane\n";

template <typename Number>
bool read_number(std::string_view text, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

// A polygon that is asked many times whether it contains a ring (GEOS, reentrant interface).
class Fence {
public:
    static std::unique_ptr<Fence> read(const std::string& path) {
        std::ifstream file(path);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        const auto polygon = text.find("POLYGON");
        const auto end = text.rfind(')');
        if (polygon == std::string::npos || end == std::string::npos) {
            return nullptr;
        }
        const auto start = polygon >= 5 && text.compare(polygon - 5, 5, "MULTI") == 0 ? polygon - 5 : polygon;
        auto fence = std::unique_ptr<Fence>(new Fence);
        return fence->prepare(text.substr(start, end + 1 - start)) ? std::move(fence) : nullptr;
    }

    Fence(const Fence&) = delete;
    Fence& operator=(const Fence&) = delete;
    Fence(Fence&&) = delete;
    Fence& operator=(Fence&&) = delete;
    ~Fence() {
        GEOSPreparedGeom_destroy_r(m_context, m_prepared);
        GEOSGeom_destroy_r(m_context, m_polygon);
        GEOS_finish_r(m_context);
    }

    [[nodiscard]] bool contains(std::span<const Point> ring) const {
        static_assert(sizeof(Point) == 2 * sizeof(double));
        GEOSCoordSequence* points =
            GEOSCoordSeq_copyFromBuffer_r(m_context, &ring.data()->x, static_cast<unsigned>(ring.size()), 0, 0);
        GEOSGeometry* shell = GEOSGeom_createLinearRing_r(m_context, points);
        GEOSGeometry* parcel = GEOSGeom_createPolygon_r(m_context, shell, nullptr, 0);
        const bool inside = GEOSPreparedContains_r(m_context, m_prepared, parcel) == 1;
        GEOSGeom_destroy_r(m_context, parcel);
        return inside;
    }

private:
    Fence() = default;

    bool prepare(const std::string& wkt) {
        GEOSWKTReader* reader = GEOSWKTReader_create_r(m_context);
        m_polygon = GEOSWKTReader_read_r(m_context, reader, wkt.c_str());
        GEOSWKTReader_destroy_r(m_context, reader);
        m_prepared = m_polygon != nullptr ? GEOSPrepare_r(m_context, m_polygon) : nullptr;
        return m_prepared != nullptr;
    }

    GEOSContextHandle_t m_context = GEOS_init_r();
    GEOSGeometry* m_polygon = nullptr;
    const GEOSPreparedGeometry* m_prepared = nullptr;
};

struct Arguments {
    ranh::test::ParcelGeneratorOptions options;
    std::string commune = "00000";
    std::string within;
};

// False when the option is unknown or its value is not of its form.
bool take_option(Arguments& arguments, std::string_view name, std::string_view value) {
    auto& options = arguments.options;
    if (name == "--seed") return read_number(value, options.seed);
    if (name == "--columns") return read_number(value, options.columns) && options.columns > 0;
    if (name == "--rows") return read_number(value, options.rows) && options.rows > 0;
    if (name == "--origin-x") return read_number(value, options.origin_x_m);
    if (name == "--origin-y") return read_number(value, options.origin_y_m);
    if (name == "--side") return read_number(value, options.side_m) && options.side_m >= 1.0;
    if (name == "--commune") {
        arguments.commune = value;
        return value.find_first_not_of("0123456789") == std::string_view::npos;
    }
    arguments.within = value;
    return name == "--within";
}

std::optional<Arguments> read_arguments(std::span<char*> words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view name = words[i];
        if (name == "--province") {
            arguments.options = ranh::test::province_sized_parcels();
        } else if (i + 1 == words.size() || !take_option(arguments, name, words[i + 1])) {
            return std::nullopt;
        } else {
            ++i;
        }
    }
    return arguments;
}

void append_fixed(std::string& line, double value, int decimals) {
    char text[64];
    const auto end = std::to_chars(std::begin(text), std::end(text), value, std::chars_format::fixed, decimals);
    line.append(text, end.ptr);
}

void append_feature(std::string& line, const ranh::test::SyntheticParcel& parcel, std::string_view commune) {
    line += R"({"type":"Feature","properties":{"commune":")";
    line += commune;
    line += R"(","sheet":)";
    line += std::to_string(parcel.sheet);
    line += R"(,"parcel":)";
    line += std::to_string(parcel.number);
    line += R"(,"land_code":")";
    line += parcel.land_code;
    line += R"(","registered_area_m2":)";
    append_fixed(line, parcel.registered_area_m2, 1);
    line += R"(},"geometry":{"type":"Polygon","coordinates":[[)";
    for (const Point& p : parcel.ring) {
        line += '[';
        append_fixed(line, p.x, 3);
        line += ',';
        append_fixed(line, p.y, 3);
        line += "],";
    }
    line.back() = ']';
    line += "]}}\n";
}

}  // namespace

int main(int argc, char** argv) {
    std::optional<Arguments> arguments = read_arguments(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!arguments) {
        std::cerr << usage;
        return 2;
    }
    std::unique_ptr<Fence> fence;
    if (!arguments->within.empty()) {
        fence = Fence::read(arguments->within);
        if (!fence) {
            std::cerr << "File " << arguments->within << ": no readable POLYGON or MULTIPOLYGON text in it.\n";
            return 3;
        }
        arguments->options.keep = [&fence](std::span<const Point> ring) { return fence->contains(ring); };
    }
    std::string line;
    std::size_t count = 0;
    ranh::test::generate_parcels(arguments->options, [&](const ranh::test::SyntheticParcel& parcel) {
        line.clear();
        append_feature(line, parcel, arguments->commune);
        std::fwrite(line.data(), 1, line.size(), stdout);
        ++count;
    });
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::cerr << "Standard output: could not be written.\n";
        return 3;
    }
    std::cerr << count << " parcels\n";
    return 0;
}
