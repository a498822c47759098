#pragma once

#include "spatial/model/layer.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::pipeline {

/// Makes repeated source ids unique: the occurrence with the smallest content keeps the id, the others become "ID~2",
/// "ID~3" in order of content, so that the order of the file does not matter.
///
/// Use   count() every id of all sources, then freeze(); on the second reading give each feature to accept(); at the
/// end release(). Cost  eight bytes per record; only features whose id is repeated are held in memory until release().
class UniqueIds {
public:
    using Sink = std::function<void(model::Feature)>;

    void count(std::string_view id);
    void freeze();
    /// The id comes more than once, or its hash does. After freeze().
    [[nodiscard]] bool repeats(std::string_view id) const;
    /// Passes the feature on, or holds it when its id is repeated.
    void accept(model::Feature feature, const Sink& sink);
    void release(const Sink& sink);

    /// Ids that occur more than once, and records that got another id; known after release().
    [[nodiscard]] const std::vector<std::string>& repeated_ids() const { return m_repeated_ids; }
    [[nodiscard]] std::int64_t renamed() const { return m_renamed; }

private:
    [[nodiscard]] bool occurs(std::string_view id) const;

    std::vector<std::uint64_t> m_hashes;    ///< sorted and single after freeze()
    std::vector<std::uint64_t> m_repeated;  ///< sorted; a false friend by hash is held and gets its own id
    std::map<std::string, std::vector<model::Feature>> m_held;
    std::vector<std::string> m_repeated_ids;
    std::int64_t m_renamed = 0;
};

}  // namespace ranh::pipeline
