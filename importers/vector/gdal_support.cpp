#include "importers/vector/gdal_support.hpp"

#include "spatial/base/error.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>

namespace ranh::vector::detail {

namespace {

/// Formats that are one file or folder on this machine; no driver that opens a network address or another file a file
/// names.
constexpr const char* feature_drivers =
    "GPKG,FlatGeobuf,GeoJSON,GeoJSONSeq,ESRIJSON,TopoJSON,ESRI Shapefile,MapInfo "
    "File,DXF,DGN,LIBKML,KML,GML,GPX,OpenFileGDB,"
    "SQLite";
constexpr const char* sheet_drivers = "XLSX,ODS,XLS";

void collect(CPLErr level, CPLErrorNum /*number*/, const char* text) {
    if (level >= CE_Warning) {
        static_cast<GdalMessages*>(CPLGetErrorHandlerUserData())->add(level >= CE_Failure, text);
    }
}

/// An option of GDAL, set on this thread while the object lives.
class ThreadOption {
public:
    ThreadOption(const char* name, const char* value) : m_name(name) { CPLSetThreadLocalConfigOption(name, value); }
    ~ThreadOption() { CPLSetThreadLocalConfigOption(m_name, nullptr); }
    ThreadOption(const ThreadOption&) = delete;
    ThreadOption& operator=(const ThreadOption&) = delete;

private:
    const char* m_name;
};

/// Drawings that no library here reads, by their first bytes whatever their name says.
void refuse_closed_drawings(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    std::string head(22, '\0');
    input.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(input.gcount()));
    const std::string name = file.filename().string();
    const std::string ending = file.extension().string();
    // A compound document (OLE) is also an old Office file.
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") && ending != ".xls" && ending != ".XLS") {
        throw Failure(
            ErrorKind::unsupported,
            "this is a DGN V8 drawing; only DGN V7 can be read. Save it as DGN V7 or DXF in MicroStation (File > "
            "Save As), or export it as Shapefile from the cadastral program (gCadas, eMap, TMV.Map)",
            name);
    }
    if (head.starts_with("AC10") || head.starts_with("AC1.") || head.starts_with("MC0.0")) {
        throw Failure(
            ErrorKind::unsupported,
            "this is a DWG drawing, which cannot be read; save it as DXF (2018 or older) in AutoCAD, or convert "
            "it with the ODA File Converter",
            name);
    }
    if (head.starts_with("AutoCAD Binary DXF")) {
        throw Failure(ErrorKind::unsupported, "this is a binary DXF drawing; save it as text (ASCII) DXF in AutoCAD",
                      name);
    }
}

[[noreturn]] void fail_to_open(const std::filesystem::path& file, const std::string& message) {
    const std::string name = file.filename().string();
    throw Failure(message.empty() ? ErrorKind::unsupported : ErrorKind::corrupt_input,
                  message.empty()
                      ? "no vector format recognises this file; use GeoPackage, FlatGeobuf, GeoJSON, Shapefile, KML, "
                        "DXF, MapInfo TAB or MIF, or a table (CSV, XLSX)"
                      : fmt::format("the file cannot be read as a vector file: {}", message),
                  name);
}

}  // namespace

GdalMessages::GdalMessages() { CPLPushErrorHandlerEx(&collect, this); }

GdalMessages::~GdalMessages() { CPLPopErrorHandler(); }

std::vector<std::string> GdalMessages::worth_reporting() const {
    std::vector<std::string> reported;
    std::copy_if(m_messages.begin(), m_messages.end(), std::back_inserter(reported),
                 [](const std::string& message) { return !message.starts_with("Non closed ring detected"); });
    return reported;
}

void GdalMessages::clear() {
    m_messages.clear();
    m_last.clear();
    m_failure = false;
}

void GdalMessages::add(bool failure, const char* text) {
    constexpr std::size_t most_messages = 100;
    m_failure = m_failure || failure;
    m_last = text;
    const bool known = std::find(m_messages.begin(), m_messages.end(), m_last) != m_messages.end();
    if (!known && m_messages.size() <= most_messages) {
        m_messages.push_back(m_messages.size() < most_messages ? m_last : "more than is listed here");
    }
}

void register_drivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        GdalMessages messages;
        GDALAllRegister();
        // Sizes of ring and feature are checked by the drivers against the file; the JSON driver has a limit of its
        // own.
        CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "0");
        // Curves are stroked here with a stated chord error, never by a driver in silence.
        CPLSetConfigOption("OGR_STROKE_CURVE", "NO");
        // The drivers of drawings know no curves: they stroke at this angle, told by note_changes() of the reader.
        CPLSetConfigOption("OGR_ARC_STEPSIZE", "0.5");
        // Elements of a block keep their layers, and are not merged into one collection. The limit stands against
        // drawings whose blocks hold blocks that hold blocks.
        CPLSetConfigOption("DXF_MERGE_BLOCK_GEOMETRIES", "FALSE");
        CPLSetConfigOption("DXF_FEATURE_LIMIT_PER_BLOCK", "100000");
    });
}

Dataset open_dataset(const std::filesystem::path& file, Content content, const GdalMessages& messages) {
    register_drivers();
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        throw Failure(ErrorKind::not_found, "there is no such file; check the path", file.filename().string());
    }
    refuse_closed_drawings(file);
    const CPLStringList drivers(
        CSLTokenizeString2(content == Content::features ? feature_drivers : sheet_drivers, ",", 0));
    // The driver would decode by .cpg or language byte, which are missing or wrong as often as not.
    const ThreadOption stored_text("SHAPE_ENCODING", "");
    const std::filesystem::path guess = std::filesystem::path(file).replace_extension(".gfs");
    const bool had_guess = std::filesystem::exists(guess, error);
    Dataset dataset(GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.List(), nullptr, nullptr));
    if (!dataset) {
        fail_to_open(file, messages.has_failure() ? messages.last() : std::string());
    }
    if (!had_guess && std::string_view(GDALGetDriverShortName(GDALGetDatasetDriver(dataset.get()))) == "GML") {
        // The driver writes its guess of the schema beside the source, which stays as it was.
        std::filesystem::remove(guess, error);
    }
    return dataset;
}

}  // namespace ranh::vector::detail
