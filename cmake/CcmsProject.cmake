# What every target of the project shares: language level, warnings, sanitizers, output folders,
# the third-party packages, and the functions that declare a module, a test and a benchmark.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

option(CCMS_BUILD_TESTS "Build the tests" ON)
option(CCMS_BUILD_BENCH "Build the benchmarks" ON)
set(CCMS_SANITIZE "" CACHE STRING "Value of -fsanitize= for our code, or empty")

find_program(CCMS_CCACHE ccache)
if(CCMS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths are made relative and left out of the hash, so that another clone of the project finds the same results.
  set(_launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCMS_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${_launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${_launcher})
endif()

# Our code alone is held to these warnings; headers of packages come in as system headers.
add_library(ccms_options INTERFACE)
target_compile_options(ccms_options INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)
# Optimising, GCC 12 takes members of std::variant and std::optional for uninitialised where they are not; the
# sanitizers look for the real ones.
target_compile_options(ccms_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-Wno-maybe-uninitialized>)
if(CCMS_SANITIZE)
  target_compile_options(ccms_options INTERFACE -fsanitize=${CCMS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(ccms_options INTERFACE -fsanitize=${CCMS_SANITIZE})
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
pkg_check_modules(LIBSODIUM REQUIRED IMPORTED_TARGET libsodium)
find_package(nlohmann_json REQUIRED)
find_package(SQLite3 REQUIRED)
# Poco's DataMySQL config names a target that Debian's packages do not define.
pkg_check_modules(LIBMARIADB REQUIRED IMPORTED_TARGET libmariadb)
if(NOT TARGET MySQL::client)
  add_library(MySQL::client INTERFACE IMPORTED)
  target_link_libraries(MySQL::client INTERFACE PkgConfig::LIBMARIADB)
endif()
find_package(Poco REQUIRED COMPONENTS Foundation Net NetSSL Crypto Util Data DataSQLite DataMySQL)

# ccms_module(NAME SOURCES … [PUBLIC …] [PRIVATE …]): a static library of one folder; headers are included
# from the project's root, as in #include "core/domain/ticket.h".
function(ccms_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ccms_options ${ARG_PRIVATE})
endfunction()

# ccms_test(NAME SOURCES … LINK … [LABELS …] [TIMEOUT seconds] [RESOURCES …] [ONE_PROCESS]): one GoogleTest
# program, one CTest entry per test case. LABELS default to unit; RESOURCES are CTest resource locks.
# ONE_PROCESS makes the whole program one entry: for tests that share a service which takes seconds to start.
function(ccms_test name)
  cmake_parse_arguments(ARG "ONE_PROCESS" "TIMEOUT" "SOURCES;LINK;LABELS;RESOURCES" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ccms_options ${ARG_LINK} GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  # tests_LABEL builds what one label needs, so that a sanitizer's build compiles no more than it runs.
  foreach(label IN LISTS ARG_LABELS)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${name})
  endforeach()
  if(ARG_ONE_PROCESS)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT} RESOURCE_LOCK "${ARG_RESOURCES}")
  else()
    ccms_discover_cases(${name} "${ARG_LABELS}" ${ARG_TIMEOUT} "${ARG_RESOURCES}")
  endif()
endfunction()

# One CTest entry per test case of a program, named PROGRAM.SUITE.CASE. gtest_discover_tests cannot pass on a
# property that is a list, so that the properties are set by a file which CTest reads after the discovery.
function(ccms_discover_cases name labels timeout resources)
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST TEST_LIST ${name}_cases)
  set(file "${CMAKE_CURRENT_BINARY_DIR}/${name}_properties.cmake")
  file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT [[
if(@name@_cases)
  set_tests_properties(${@name@_cases} PROPERTIES LABELS "@labels@" TIMEOUT @timeout@ RESOURCE_LOCK "@resources@")
endif()
]])
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${file}")
endfunction()

# ccms_bench(NAME SOURCES … LINK …): a benchmark program in bin/; it prints ratios.
function(ccms_bench name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ccms_options ${ARG_LINK})
endfunction()
