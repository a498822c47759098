#include "services/app/options.hpp"

#include "importers/vector/vector_reader.hpp"
#include "services/app/known_corners.hpp"
#include "services/app/terminal.hpp"
#include "services/app/workspaces.hpp"
#include "spatial/store/postgis/address.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <system_error>

namespace ranh::app {
namespace {

namespace fs = std::filesystem;

Result<bool> check_date(const std::string& text) {
    const auto date = Date::parse(text);
    return date ? Result<bool>(true) : Result<bool>(date.error());
}

Result<bool> check_workspace(const std::string& text) {
    const auto address =
        is_database(text) ? postgis::parse_address(text) : Result<postgis::Address>(postgis::Address{});
    return address.ok() ? Result<bool>(true) : Result<bool>(address.error());
}

Result<bool> check_moment(const std::string& text) {
    const auto moment = Timestamp::parse(text);
    return moment ? Result<bool>(true) : Result<bool>(moment.error());
}

Result<bool> check_crs(const std::string& text) {
    if (text == "auto") {
        return true;
    }
    const auto parsed = crs::Crs::parse(text);
    return parsed ? Result<bool>(true) : Result<bool>(parsed.error());
}

Result<bool> check_encoding(const std::string& text) {
    if (text == "auto") {
        return true;
    }
    const auto parsed = text::parse_encoding(text);
    return parsed ? Result<bool>(true) : Result<bool>(parsed.error());
}

/// Communes known to the workspace, from the newest layers of kind administrative.
std::vector<pipeline::CommuneOutline> communes_of(const store::Workspace& workspace) {
    std::vector<pipeline::CommuneOutline> communes;
    for (const model::LayerVersion& version : workspace.versions()) {
        if (!version.held && !version.withdrawn && version.description.kind == model::LayerKind::administrative) {
            append_communes(*publisher_of(workspace).layer(version), communes);
        }
    }
    return communes;
}

}  // namespace

std::vector<pipeline::CommuneOutline> shipped_communes() {
    const auto folder = shipped("data-samples/lamdong/communes");
    if (folder) {
        for (const auto& entry : fs::directory_iterator(*folder)) {
            if (vector::is_vector_file(entry.path())) {
                return vector::read_communes(entry.path());
            }
        }
    }
    return {};
}

std::vector<communes::FormerUnit> shipped_crosswalk() {
    const auto file = shipped("data-samples/lamdong/commune-history/crosswalk.csv");
    return file ? communes::open_crosswalk(*file) : std::vector<communes::FormerUnit>();
}

CLI::Validator number_up_to(double most) {
    return checked_by(
        [most](const std::string& text) -> Result<bool> {
            double value = 0.0;
            if (CLI::detail::lexical_cast(text, value) && std::isfinite(value) && value >= 0.0 && value <= most) {
                return true;
            }
            return Error{ErrorKind::invalid_argument, fmt::format("'{}' is no number from 0 to {}", text, most), {}};
        },
        "NUMBER");
}

void append_communes(const snapshot::PackedLayer& layer, std::vector<pipeline::CommuneOutline>& communes) {
    const model::Schema& schema = layer.version().description.schema;
    const auto code = schema.find("code");
    const auto name = schema.find("name");
    for (const std::uint32_t i : layer.by_id()) {
        if (layer.has_geometry(i)) {
            communes.push_back({code ? model::to_text(layer.value(i, *code)) : layer.id(i).text(),
                                name ? model::to_text(layer.value(i, *name)) : layer.id(i).text(),
                                geom::Geometry::copy_of(layer.lonlat(i))});
        }
    }
}

void add_workspace_option(CLI::App& command, CommonOptions& options) {
    // The default is written here by hand: what stands in the environment may hold a password.
    command
        .add_option("-w,--workspace", options.workspace,
                    "Không gian làm việc: tệp GeoPackage hoặc postgresql://… [ranh.gpkg] / Workspace: a GeoPackage "
                    "file, or postgresql://USER@HOST/DATABASE?schema=ranh")
        ->envname("RANH_WORKSPACE")
        ->check(checked_by(check_workspace, ""));
    command
        .add_option("--snapshot-dir", options.snapshot_folder,
                    "Thư mục tệp đóng gói khi dùng cơ sở dữ liệu / Folder of the packed files of a database")
        ->envname("RANH_SNAPSHOT_DIR");
}

void add_json_option(CLI::App& command, CommonOptions& options) {
    command.add_flag("--json", options.json, "Kết quả dạng JSON / Result as JSON");
}

void add_by_option(CLI::App& command, std::string& by) {
    // The value of the environment is a person's name: help shows the variable, not what stands in it.
    command
        .add_option(
            "--by", by,
            "Ai làm, ghi vào nguồn gốc; không ghi nếu không nêu / Who does it, kept with the version; a person or "
            "an office, nothing unless given")
        ->envname("RANH_BY");
}

Date DateOptions::at() const { return at_text.empty() ? Date::today() : Date::parse(at_text).value(); }

Timestamp DateOptions::known_at() const {
    return known_at_text.empty() ? Timestamp::now() : Timestamp::parse(known_at_text).value();
}

void add_date_options(CLI::App& command, DateOptions& options) {
    command
        .add_option("--at", options.at_text, "Ngày xét hiệu lực, mặc định hôm nay / Date of validity, default today")
        ->check(checked_by(check_date, "YYYY-MM-DD"));
    command
        .add_option("--known-at", options.known_at_text,
                    "Thời điểm dữ liệu đã biết, mặc định bây giờ / As known at this moment, default now")
        ->check(checked_by(check_moment, "YYYY-MM-DD|YYYY-MM-DDThh:mm:ssZ"));
}

namespace {

void add_linework_options(CLI::App& command, ReadOptionsText& options) {
    command
        .add_option(
            "--linework", options.linework,
            "Dựng thửa từ nét vẽ của bản vẽ DXF, DGN: auto, yes, no / Build parcels from the lines of a drawing")
        ->check(checked_by([](const std::string& text) { return pipeline::parse_linework_use(text); }, "auto|yes|no"))
        ->capture_default_str();
    const auto add_levels = [&command](const char* name, std::vector<std::string>& levels, const char* words) {
        command.add_option(name, levels, words)->delimiter(',')->allow_extra_args(false);
    };
    add_levels("--boundary-levels", options.levels.boundary,
               "Lớp ranh thửa, mặc định 10,23,31 / Levels of boundary lines, default 10,23,31");
    add_levels("--number-levels", options.levels.number, "Lớp số thửa, mặc định 13 / Levels of parcel numbers");
    add_levels("--land-code-levels", options.levels.land_code, "Lớp loại đất, mặc định 2 / Levels of land codes");
    add_levels("--area-levels", options.levels.area, "Lớp diện tích, mặc định 4 / Levels of areas on paper");
    command
        .add_option("--snap", options.levels.snap_m,
                    "Khoảng bắt điểm của nét vẽ, m, mặc định 0.01 / Corners of lines this near are one, m")
        ->check(number_up_to(mapping::most_snap_m));
}

}  // namespace

void add_read_options(CLI::App& command, ReadOptionsText& options) {
    command.add_option("--crs", options.crs_text, "Hệ tọa độ: auto hoặc EPSG:n / Coordinate system: auto or EPSG:n")
        ->check(checked_by(check_crs, "auto|EPSG:n"))
        ->capture_default_str();
    command
        .add_option("--inner-ring", options.inner_ring_text,
                    "Vòng nằm trong vòng: hole (lỗ), part (khu riêng), ignore (bỏ, lưu cách ly) / Ring inside a ring")
        ->check(CLI::IsMember({"hole", "part", "ignore"}));
    command.add_option("--source-layer", options.source_layer,
                       "Lớp hoặc trang tính cần đọc trong tệp / Layer or sheet of the file to read");
    command
        .add_option("--text-encoding", options.text_encoding,
                    "Bảng mã chữ: auto, utf-8, utf-8-twice, tcvn3 (ABC), vni, viscii, windows-1258, windows-1252 / "
                    "Encoding of the text")
        ->check(checked_by(check_encoding, "auto|ENCODING"))
        ->capture_default_str();
    add_linework_options(command, options);
}

std::optional<text::Encoding> text_encoding(const ReadOptionsText& text) {
    return text.text_encoding == "auto" ? std::nullopt
                                        : std::optional(text::parse_encoding(text.text_encoding).value());
}

pipeline::ReadOptions read_options(const ReadOptionsText& text, const store::Workspace* workspace) {
    pipeline::ReadOptions options;
    if (text.crs_text != "auto") {
        options.crs = crs::Crs::parse(text.crs_text).value();
    }
    if (!text.inner_ring_text.empty()) {
        options.inner_ring = pipeline::parse_inner_ring(text.inner_ring_text).value();
    }
    if (!text.source_layer.empty()) {
        options.source_layer = text.source_layer;
    }
    options.text_encoding = text_encoding(text);
    options.linework = pipeline::parse_linework_use(text.linework).value();
    options.levels = text.levels;
    options.known.communes = [workspace] {
        std::vector<pipeline::CommuneOutline> communes;
        if (workspace != nullptr) {
            communes = communes_of(*workspace);
        }
        return communes.empty() ? shipped_communes() : communes;
    };
    if (workspace != nullptr && !workspace->versions().empty()) {
        options.known.count_known_corners = known_corners_of(*workspace);
    }
    return options;
}

void add_threshold_options(CLI::App& command, ThresholdOptions& options) {
    command.add_option("--min-area", options.min_area_m2, "Diện tích nhỏ nhất, m² / Least common area, m²")
        ->check(number_up_to(1e15));
    command
        .add_option("--min-share", options.min_share,
                    "Tỷ lệ nhỏ nhất 0..1 của bên nhỏ hơn / Least share of the smaller side")
        ->check(number_up_to(1.0));
    command.add_option("--near", options.near_m, "Khoảng cách tối đa, m / Also pairs up to this far apart, m")
        ->check(number_up_to(1e6));
}

namespace {

std::vector<filter::FieldEquals> equals_of(const std::vector<std::string>& conditions) {
    std::vector<filter::FieldEquals> equals;
    for (const std::string& condition : conditions) {
        const std::size_t sign = condition.find('=');
        equals.emplace_back(condition.substr(0, sign), condition.substr(sign + 1));
    }
    return equals;
}

}  // namespace

void add_where_option(CLI::App& command, const std::string& name, std::vector<std::string>& conditions,
                      const std::string& words) {
    command.add_option(name, conditions, words)
        ->check(CLI::Validator(
            [](const std::string& text) {
                const std::size_t sign = text.find('=');
                return sign == std::string::npos || sign == 0
                           ? fmt::format("'{}' không có dạng FIELD=VALUE / is not of the form FIELD=VALUE", text)
                           : std::string();
            },
            "FIELD=VALUE"))
        ->expected(1)
        ->take_all();
}

overlay::OverlapOptions ThresholdOptions::overlap_options() const {
    overlay::OverlapOptions options;
    options.left_equals = equals_of(left_where);
    options.right_equals = equals_of(right_where);
    options.min_area = SquareMetres(min_area_m2);
    options.min_share = min_share;
    options.near = Metres(near_m);
    return options;
}

std::filesystem::path program_folder() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::current_path() : program.parent_path();
}

std::optional<std::filesystem::path> shipped(const std::string& name) {
    const char* share = std::getenv("RANH_SHARE");
    if (share != nullptr && fs::exists(fs::path(share) / name)) {
        return fs::weakly_canonical(fs::path(share) / name);
    }
    const fs::path folder = program_folder();
    // beside the program (viewer in the build tree), in the source tree two levels up, or installed under share/ranh
    const std::array<fs::path, 3> places = {folder / name, folder / "../.." / name, folder / "../share/ranh" / name};
    for (const fs::path& place : places) {
        std::error_code error;
        if (fs::exists(place, error)) {
            return fs::weakly_canonical(place);
        }
    }
    return std::nullopt;
}

store::Publisher publisher_of(const store::Workspace& workspace) { return store::Publisher(workspace, note); }

std::shared_ptr<const snapshot::PackedLayer> load_layer(const store::Workspace& workspace, const std::string& selector,
                                                        const DateOptions& dates) {
    const auto parsed = model::LayerSelector::parse(selector).value();
    const auto version = model::choose_version(workspace.versions(), parsed, dates.at(), dates.known_at()).value();
    return publisher_of(workspace).layer(version);
}

}  // namespace ranh::app
