#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace ranh::handlers {

/// Bytes ready to send, as they are and by gzip (empty when it would not help).
struct Blob {
    std::string identity;
    std::string gzip;
    std::string tag;          ///< what the entity tags of both are made of
    std::size_t dropped = 0;  ///< features left out of a tile
};

/// The blobs asked for last, at most so many bytes of them. Keys name the content (hash of the layer version, tile, …),
/// so that nothing ever has to be thrown out because it became wrong.
///
/// Threads  any; a value lives as long as somebody holds it.
class BlobCache {
public:
    explicit BlobCache(std::size_t most_bytes) : m_most_bytes(most_bytes) {}
    /// Null when it is not there.
    [[nodiscard]] std::shared_ptr<const Blob> find(const std::string& key);
    void put(const std::string& key, std::shared_ptr<const Blob> blob);
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Entry {
        std::string key;
        std::shared_ptr<const Blob> blob;
        [[nodiscard]] std::size_t size() const {
            return key.size() + blob->identity.size() + blob->gzip.size() + sizeof(Blob);
        }
    };
    mutable std::mutex m_guard;
    std::size_t m_most_bytes;
    std::size_t m_bytes = 0;
    std::list<Entry> m_entries;  // used last in front
    std::unordered_map<std::string, std::list<Entry>::iterator> m_index;
};

}  // namespace ranh::handlers
