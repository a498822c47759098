#include "services/handlers/blob_cache.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace ranh::handlers {
namespace {

std::shared_ptr<const Blob> blob_of(std::size_t size) {
    Blob blob;
    blob.identity = std::string(size, 'a');
    return std::make_shared<const Blob>(std::move(blob));
}

TEST(BlobCache, KeepsWhatWasUsedLast) {
    BlobCache cache(3'000);
    cache.put("a", blob_of(1'000));
    cache.put("b", blob_of(1'000));
    EXPECT_NE(cache.find("a"), nullptr);
    cache.put("c", blob_of(1'000));
    EXPECT_EQ(cache.find("b"), nullptr);
    EXPECT_NE(cache.find("a"), nullptr);
    EXPECT_LE(cache.bytes(), 3'000U);
}

TEST(BlobCache, ABlobLargerThanAllOfItIsNotKept) {
    BlobCache cache(1'000);
    cache.put("a", blob_of(5'000));
    EXPECT_EQ(cache.find("a"), nullptr);
    EXPECT_EQ(cache.bytes(), 0U);
}

TEST(BlobCache, AHeldBlobOutlivesItsPlace) {
    BlobCache cache(1'500);
    cache.put("a", blob_of(1'000));
    const auto held = cache.find("a");
    cache.put("b", blob_of(1'000));
    EXPECT_EQ(cache.find("a"), nullptr);
    EXPECT_EQ(held->identity.size(), 1'000U);
}

TEST(BlobCache, ManyThreadsMayUseIt) {
    BlobCache cache(50'000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&cache, t] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string key = std::to_string((i * 7 + t) % 100);
                if (cache.find(key) == nullptr) {
                    cache.put(key, blob_of(700));
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_LE(cache.bytes(), 50'000U);
}

}  // namespace
}  // namespace ranh::handlers
