#include "services/handlers/blob_cache.hpp"

namespace ranh::handlers {

std::shared_ptr<const Blob> BlobCache::find(const std::string& key) {
    const std::lock_guard lock(m_guard);
    const auto found = m_index.find(key);
    if (found == m_index.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->blob;
}

void BlobCache::put(const std::string& key, std::shared_ptr<const Blob> blob) {
    const std::lock_guard lock(m_guard);
    if (m_index.contains(key)) {
        return;
    }
    m_entries.push_front({key, std::move(blob)});
    m_index.emplace(key, m_entries.begin());
    m_bytes += m_entries.front().size();
    while (m_bytes > m_most_bytes && !m_entries.empty()) {
        m_bytes -= m_entries.back().size();
        m_index.erase(m_entries.back().key);
        m_entries.pop_back();
    }
}

std::size_t BlobCache::bytes() const {
    const std::lock_guard lock(m_guard);
    return m_bytes;
}

}  // namespace ranh::handlers
