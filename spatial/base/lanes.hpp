#pragma once

namespace ranh {

/// Four doubles; where the processor has no such registers the compiler takes two at a time. The operations on a lane
/// are the same everywhere, so the bits are.
typedef double Lanes __attribute__((vector_size(32)));  // NOLINT(modernize-use-using): the attribute goes with typedef

/// Before a function: compiled twice, chosen when the program starts. RANH_BASELINE_PROCESSOR leaves only the form for
/// any processor.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(RANH_BASELINE_PROCESSOR)
#define RANH_BY_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define RANH_BY_PROCESSOR
#endif

}  // namespace ranh
