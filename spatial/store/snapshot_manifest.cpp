#include "spatial/store/snapshot_manifest.hpp"

#include "spatial/codec/json.hpp"
#include "spatial/snapshot/packed_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <unistd.h>

namespace ranh::store {
namespace {

using codec::Json;
namespace fs = std::filesystem;

constexpr const char* manifest_name = "manifest.json";
constexpr std::int64_t manifest_format = 1;

Json json_of(const std::map<std::string, std::string>& texts) {
    Json json;
    json = codec::JsonObject{};
    for (const auto& [name, text] : texts) {
        json.add(name, text);
    }
    return json;
}

std::map<std::string, std::string> texts_of(const Json& json) {
    std::map<std::string, std::string> texts;
    if (json.object() != nullptr) {
        for (const auto& [name, text] : *json.object()) {
            texts.emplace(name, text.string().value_or(""));
        }
    }
    return texts;
}

bool has_value(const std::map<std::string, std::string>& texts, const std::string& value) {
    return std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return text.second == value; });
}

std::string text_of(const SnapshotManifest& manifest) {
    Json centre;
    centre.add("latitude_deg", manifest.centre.latitude_deg).add("longitude_deg", manifest.centre.longitude_deg);
    Json json;
    json.add("format", manifest_format).add("working_plane_centre", std::move(centre));
    json.add("layers", json_of(manifest.files));
    if (!manifest.bases.empty()) {
        json.add("bases", json_of(manifest.bases));
    }
    return codec::to_text(json, codec::JsonLayout::indented) + "\n";
}

}  // namespace

SnapshotManifest read_manifest(const fs::path& folder) {
    std::ifstream stream(folder / manifest_name, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const auto parsed = codec::parse_json(text);
    SnapshotManifest manifest;
    if (!parsed.ok()) {
        return manifest;
    }
    const Json& json = parsed.value();
    const Json* format = json.find("format");
    const Json* centre = json.find("working_plane_centre");
    const Json* layers = json.find("layers");
    if (format == nullptr || format->integer() != manifest_format || centre == nullptr || layers == nullptr ||
        layers->object() == nullptr) {
        return manifest;
    }
    const auto degrees = [&](std::string_view name) {
        const Json* value = centre->find(name);
        return value == nullptr ? 0.0 : value->number().value_or(0.0);
    };
    manifest.centre = {degrees("latitude_deg"), degrees("longitude_deg")};
    manifest.files = texts_of(*layers);
    if (const Json* bases = json.find("bases")) {
        manifest.bases = texts_of(*bases);
    }
    return manifest;
}

void write_manifest(const fs::path& folder, const SnapshotManifest& manifest) {
    const std::string text = text_of(manifest);
    snapshot::FileSink sink(folder / manifest_name);
    sink.append(std::as_bytes(std::span(text)));
    sink.finish({});
}

SnapshotLock::SnapshotLock(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    m_descriptor = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (m_descriptor < 0) {
        throw Failure(ErrorKind::io, fmt::format("the snapshot folder cannot be written: {}", std::strerror(errno)),
                      folder.string());
    }
    while (::flock(m_descriptor, LOCK_EX) != 0) {
        if (errno != EINTR) {
            const int reason = errno;
            ::close(m_descriptor);
            throw Failure(ErrorKind::io, fmt::format("the snapshot folder cannot be locked: {}", std::strerror(reason)),
                          folder.string());
        }
    }
}

SnapshotLock::~SnapshotLock() { ::close(m_descriptor); }

void remove_unnamed(const fs::path& folder, const SnapshotManifest& manifest) {
    std::error_code error;
    std::vector<fs::path> unnamed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        const bool named = has_value(manifest.files, name) || has_value(manifest.bases, name);
        if (name.ends_with(snapshot::FileSink::temporary_ending) ||
            ((name.ends_with(whole_ending) || name.ends_with(delta_ending)) && !named)) {
            unnamed.push_back(entry.path());
        }
    }
    for (const fs::path& file : unnamed) {
        fs::remove(file, error);
    }
}

}  // namespace ranh::store
