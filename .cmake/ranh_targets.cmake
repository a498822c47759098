# One CMake target per folder: the folder's path is its name.
#   ranh_library(spatial/geom SOURCES geometry.cpp USES spatial/base LIBRARIES PROJ::proj)
# USES are folders of the project (public), LIBRARIES are outside libraries (private).

function(ranh_target_name out path)
    string(REPLACE "/" "_" name "${path}")
    set(${out} "ranh_${name}" PARENT_SCOPE)
endfunction()

function(ranh_target_names out)
    set(names "")
    foreach(path IN LISTS ARGN)
        ranh_target_name(name "${path}")
        list(APPEND names "${name}")
    endforeach()
    set(${out} "${names}" PARENT_SCOPE)
endfunction()

function(ranh_library path)
    cmake_parse_arguments(arg "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    ranh_target_name(target "${path}")
    ranh_target_names(uses ${arg_USES})
    add_library(${target} STATIC ${arg_SOURCES})
    target_link_libraries(${target} PUBLIC ranh_flags ${uses} PRIVATE ${arg_LIBRARIES})
endfunction()

# A folder that has headers only.
function(ranh_header_library path)
    cmake_parse_arguments(arg "" "" "USES" ${ARGN})
    ranh_target_name(target "${path}")
    ranh_target_names(uses ${arg_USES})
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ranh_flags ${uses})
endfunction()

# Paths of the checkout only for sources that name them, so that the compiler cache of one checkout serves another.
function(ranh_define_paths)
    foreach(source IN LISTS ARGN)
        file(STRINGS "${source}" uses LIMIT_COUNT 1 REGEX "RANH_(SOURCE|BINARY)_DIR")
        if(uses)
            set_property(SOURCE "${source}" APPEND PROPERTY COMPILE_DEFINITIONS
                RANH_SOURCE_DIR="${PROJECT_SOURCE_DIR}" RANH_BINARY_DIR="${PROJECT_BINARY_DIR}")
        endif()
    endforeach()
endfunction()

# ranh_test(unit/spatial/geom SOURCES geometry_test.cpp USES spatial/geom tests/support [LIBRARIES ...] [LABELS server] [TIMEOUT 300])
# makes one executable test_unit_spatial_geom and one ctest entry unit/spatial/geom.
function(ranh_test path)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;USES;LIBRARIES;LABELS;ENVIRONMENT" ${ARGN})
    string(REPLACE "/" "_" name "test_${path}")
    ranh_target_names(uses ${arg_USES})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ranh_flags ${uses} ${arg_LIBRARIES} GTest::gmock GTest::gtest_main)
    ranh_define_paths(${arg_SOURCES})
    # Half the compile time; what is measured is in the libraries.
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    add_test(NAME "${path}" COMMAND ${name})
    string(REGEX MATCH "^[^/]+" stage "${path}")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 600)
    endif()
    set_tests_properties("${path}" PROPERTIES LABELS "${stage};${arg_LABELS}" TIMEOUT ${arg_TIMEOUT})
    if(arg_ENVIRONMENT)
        set_tests_properties("${path}" PROPERTIES ENVIRONMENT "${arg_ENVIRONMENT}")
    endif()
endfunction()

# ranh_fuzz(spatial/codec/wkt SOURCES wkt_fuzz.cpp USES spatial/codec SEEDS seeds/wkt)
# makes one libFuzzer executable fuzz_spatial_codec_wkt and one ctest entry fuzz/spatial/codec/wkt that runs for
# RANH_FUZZ_SECONDS (an environment variable; default SECONDS, and 5 where that is not given) from the seeds and from what
# earlier runs found.
function(ranh_fuzz path)
    cmake_parse_arguments(arg "" "SEEDS;SECONDS" "SOURCES;USES" ${ARGN})
    if(NOT arg_SECONDS)
        set(arg_SECONDS 5)
    endif()
    string(REPLACE "/" "_" name "fuzz_${path}")
    ranh_target_names(uses ${arg_USES})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ranh_flags ${uses})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set(corpus "${PROJECT_BINARY_DIR}/corpus/${path}")
    file(MAKE_DIRECTORY "${corpus}")
    add_test(NAME "fuzz/${path}" COMMAND sh -c
        [[seconds="$1"; shift; exec "$0" -max_total_time="${RANH_FUZZ_SECONDS:-$seconds}" -artifact_prefix="$1/" "$@"]]
        $<TARGET_FILE:${name}> ${arg_SECONDS} "${corpus}" "${CMAKE_CURRENT_SOURCE_DIR}/${arg_SEEDS}")
    set_tests_properties("fuzz/${path}" PROPERTIES LABELS fuzz)
endfunction()

# Adds the named subfolders.
function(ranh_folders)
    foreach(folder IN LISTS ARGN)
        if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt")
            add_subdirectory(${folder})
        endif()
    endforeach()
endfunction()
