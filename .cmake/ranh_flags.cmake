# The one INTERFACE target that carries language level, warnings and floating-point rules for our own code.
add_library(ranh_flags INTERFACE)
target_compile_features(ranh_flags INTERFACE cxx_std_20)
target_include_directories(ranh_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(ranh_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    # GCC fuses multiply-adds differently per inlined copy; exact predicates and the area kernel need the same bits everywhere.
    -ffp-contract=off)
target_compile_definitions(ranh_flags INTERFACE RANH_VERSION="${PROJECT_VERSION}")

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 reports false positives inside its own <string> and <variant> at -O2 (GCC bugs 105329, 105562, 107919).
    target_compile_options(ranh_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()

if(RANH_SANITIZE)
    target_compile_options(ranh_flags INTERFACE -fsanitize=${RANH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(ranh_flags INTERFACE -fsanitize=${RANH_SANITIZE})
endif()

if(RANH_FUZZ)
    # Every library tells the fuzzer which branches it took; only the targets themselves bring its main().
    target_compile_options(ranh_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
