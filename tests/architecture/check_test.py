#!/usr/bin/env python3
"""The checker must be able to fail: one small tree per rule, in which exactly that rule is broken."""
import hashlib
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from headers import header_breaches  # noqa: E402
from includes import include_breaches  # noqa: E402
from listing import listing_breaches  # noqa: E402
from reasons import reason_breaches  # noqa: E402
from samples import sample_breaches  # noqa: E402
from sizes import functions_of, size_breaches  # noqa: E402
from tree import Tree  # noqa: E402
from words import word_breaches  # noqa: E402

TABLES = Path(__file__).resolve().parent
SAMPLE = "LINESTRING(0 0,1 1)\n"
CLEAN = {
    "CMakeLists.txt": "add_subdirectory(spatial)\nadd_subdirectory(tests)\n",
    "spatial/CMakeLists.txt": "ranh_folders(base geom store/gpkg)\n",
    "spatial/base/CMakeLists.txt": "ranh_library(spatial/base SOURCES ids.cpp)\n",
    "spatial/base/ids.hpp": "#pragma once\n#include <string>\nstd::string slug();\n",
    "spatial/base/ids.cpp": '#include "spatial/base/ids.hpp"\n\n#include <fmt/format.h>\n',
    "spatial/geom/CMakeLists.txt": "ranh_library(spatial/geom SOURCES box.cpp)\n",
    "spatial/geom/box.hpp": '#pragma once\n#include "spatial/base/ids.hpp"\nstruct Box { double x; };\n',
    "spatial/geom/box.cpp": '#include "spatial/geom/box.hpp"\n',
    "tests/CMakeLists.txt": "ranh_folders(unit)\n",
    "tests/unit/CMakeLists.txt": "ranh_test(unit SOURCES box_test.cpp)\n",
    "tests/unit/box_test.cpp": '#include "spatial/geom/box.hpp"\n\n#include <gtest/gtest.h>\n#include <geos_c.h>\n',
    "data-samples/tiny/SOURCE.md": f"line.wkt: by hand, {hashlib.sha256(SAMPLE.encode()).hexdigest()}\n",
    "data-samples/tiny/line.wkt": SAMPLE,
}


def long_function(lines):
    return "int sum() {\n" + "    ;\n" * (lines - 2) + "}\n"


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="ranh-architecture-"))
        self.addCleanup(shutil.rmtree, self.root)
        (self.root / "tests/architecture").mkdir(parents=True)
        for name in ("ranks.csv", "libraries.csv"):
            shutil.copy(TABLES / name, self.root / "tests/architecture")
        self.write({"tests/architecture/size-exceptions.csv": "path,name,reason\n", **CLEAN})

    def write(self, files):
        for path, text in files.items():
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def found(self, look):
        return {(breach.path, breach.rule) for breach in look(Tree(self.root))}

    def test_a_clean_tree_has_no_breach(self):
        for look in (include_breaches, listing_breaches, sample_breaches, word_breaches, reason_breaches, size_breaches):
            self.assertEqual(self.found(look), set(), look.__name__)

    def test_an_include_of_a_higher_rank_is_found(self):
        self.write({"spatial/base/ids.cpp": '#include "spatial/geom/box.hpp"\n'})
        self.assertEqual(self.found(include_breaches), {("spatial/base/ids.cpp", "include-against-ranks")})

    def test_an_include_of_a_lower_rank_that_is_not_allowed_is_found(self):
        self.write({"spatial/crs/crs.hpp": "#pragma once\n",
                    "spatial/index/tree.cpp": '#include "spatial/crs/crs.hpp"\n'})
        self.assertEqual(self.found(include_breaches), {("spatial/index/tree.cpp", "include-against-ranks")})

    def test_operations_do_not_include_each_other_nor_the_store(self):
        self.write({"spatial/operations/query/query.hpp": "#pragma once\n", "spatial/store/workspace.hpp": "#pragma once\n",
                    "spatial/operations/tile/tile.cpp": '#include "spatial/operations/query/query.hpp"\n',
                    "spatial/operations/overlay/pair.cpp": '#include "spatial/store/workspace.hpp"\n'})
        self.assertEqual(self.found(include_breaches), {
            ("spatial/operations/tile/tile.cpp", "include-against-ranks"),
            ("spatial/operations/overlay/pair.cpp", "include-against-ranks")})

    def test_the_engine_may_include_an_operation(self):
        self.write({"spatial/operations/query/query.hpp": "#pragma once\n",
                    "spatial/engine/engine.cpp": '#include "spatial/operations/query/query.hpp"\n'})
        self.assertEqual(self.found(include_breaches), set())

    def test_an_include_of_tests_is_found(self):
        self.write({"tests/support/wkt.hpp": "#pragma once\n", "spatial/geom/box.cpp": '#include "tests/support/wkt.hpp"\n'})
        self.assertEqual(self.found(include_breaches), {("spatial/geom/box.cpp", "include-of-tests")})

    def test_an_include_that_is_not_written_from_the_root_is_found(self):
        self.write({"spatial/geom/box.cpp": '#include "box.hpp"\n'})
        self.assertEqual(self.found(include_breaches), {("spatial/geom/box.cpp", "include-form")})

    def test_a_folder_without_a_rank_is_found(self):
        self.write({"spatial/magic/wand.cpp": ""})
        self.assertEqual(self.found(include_breaches), {("spatial/magic/wand.cpp", "folder-without-rank")})

    def test_a_table_with_a_cycle_is_found(self):
        table = self.root / "tests/architecture/ranks.csv"
        table.write_text(table.read_text().replace("spatial/base,0,", "spatial/base,0,spatial/geom"))
        self.assertEqual(self.found(include_breaches), {("tests/architecture/ranks.csv", "rank-table")})

    def test_a_library_outside_its_folder_is_found(self):
        self.write({"spatial/geom/box.cpp": "#include <sqlite3.h>\n", "services/app/main.cpp": "#include <gdal.h>\n"})
        self.assertEqual(self.found(include_breaches), {("spatial/geom/box.cpp", "library-outside-its-folder"),
                                                        ("services/app/main.cpp", "library-outside-its-folder")})

    def test_sockets_stay_in_the_server_and_files_are_free(self):
        self.write({"spatial/geom/box.cpp": "#include <sys/socket.h>\n", "spatial/base/ids.cpp": "#include <fcntl.h>\n"})
        self.assertEqual(self.found(include_breaches), {("spatial/geom/box.cpp", "library-outside-its-folder")})

    def test_an_unknown_library_is_found(self):
        self.write({"spatial/geom/box.cpp": "#include <armadillo.hpp>\n"})
        self.assertEqual(self.found(include_breaches), {("spatial/geom/box.cpp", "library-unknown")})

    def test_a_library_in_a_header_that_another_folder_reads_is_found(self):
        self.write({"spatial/crs/detail.hpp": "#pragma once\n#include <proj.h>\n",
                    "spatial/crs/crs.hpp": '#pragma once\n#include "spatial/crs/detail.hpp"\n',
                    "spatial/model/layer.cpp": '#include "spatial/crs/crs.hpp"\n'})
        self.assertEqual(self.found(include_breaches), {("spatial/crs/detail.hpp", "library-in-shared-header")})

    def test_a_test_may_look_into_such_a_header(self):
        self.write({"spatial/crs/detail.hpp": "#pragma once\n#include <proj.h>\n",
                    "tests/unit/box_test.cpp": '#include "spatial/crs/detail.hpp"\n'})
        self.assertEqual(self.found(include_breaches), set())

    def test_a_test_file_nobody_runs_is_found(self):
        self.write({"tests/unit/forgotten_test.cpp": "", "tests/property/law_test.cpp": "",
                    "tests/property/CMakeLists.txt": "ranh_test(property SOURCES law_test.cpp)\n"})
        self.assertEqual(self.found(listing_breaches), {("tests/unit/forgotten_test.cpp", "test-nobody-runs"),
                                                        ("tests/property/law_test.cpp", "test-nobody-runs")})

    def test_a_name_in_a_comment_or_inside_another_name_does_not_count(self):
        self.write({"tests/unit/CMakeLists.txt": "ranh_test(unit SOURCES box_test.cpp my_law_test.cpp) # law_test.cpp\n",
                    "tests/unit/my_law_test.cpp": "", "tests/unit/law_test.cpp": ""})
        self.assertEqual(self.found(listing_breaches), {("tests/unit/law_test.cpp", "test-nobody-runs")})

    def test_a_source_nobody_builds_is_found(self):
        self.write({"spatial/geom/dead.cpp": ""})
        self.assertEqual(self.found(listing_breaches), {("spatial/geom/dead.cpp", "source-nobody-builds")})

    def test_a_sample_folder_without_source_is_found(self):
        self.write({"data-samples/other/zone.csv": "1\n"})
        self.assertEqual(self.found(sample_breaches), {("data-samples/other/zone.csv", "sample-without-source")})

    def test_a_sample_that_its_source_does_not_name_is_found(self):
        self.write({"data-samples/tiny/baseline.wkt": SAMPLE, "data-samples/tiny/e.wkt": SAMPLE})
        self.assertEqual(self.found(sample_breaches), {("data-samples/tiny/baseline.wkt", "sample-without-source"),
                                                       ("data-samples/tiny/e.wkt", "sample-without-source")})

    def test_a_sample_that_changed_after_its_checksum_is_found(self):
        self.write({"data-samples/tiny/line.wkt": SAMPLE + "\n"})
        self.assertEqual(self.found(sample_breaches), {("data-samples/tiny/line.wkt", "sample-checksum")})

    def test_a_path_of_one_machine_is_found(self):
        for start in ("wo" + "rk/main", "ro" + "ot/.cache", "ho" + "me/me", "t" + "mp/b-me"):
            self.write({"README.md": f"see /{start}\n"})
            self.assertEqual(self.found(word_breaches), {("README.md", "machine-path")}, start)

    def test_a_path_inside_an_address_or_of_mktemp_is_none(self):
        self.write({"README.md": "https://example.org/ho" + "me/page\nmktemp -d /t" + "mp/ranh.XXXX\n${root}/wo" + "rk/a\n"})
        self.assertEqual(self.found(word_breaches), set())

    def test_a_download_address_in_a_lock_file_is_found(self):
        self.write({"services/viewer/package-lock.json": '{"resol' + 'ved": "https://example.org/a.tgz"}\n'})
        self.assertEqual(self.found(word_breaches), {("services/viewer/package-lock.json", "download-address")})

    def test_a_disabled_check_without_a_reason_is_found(self):
        self.write({".clang-tidy": "Checks: >\n  -*,\n  bugprone-*,\n  -misc-a,\n  -misc-b\n# misc-a\n#   because\n"})
        self.assertEqual([breach.sentence for breach in reason_breaches(Tree(self.root))], ["misc-b is disabled without a reason"])

    def test_a_file_over_the_limit_is_found_and_a_reason_lets_it_pass(self):
        self.write({"spatial/geom/box.cpp": "// a line\n" * 601})
        self.assertEqual(self.found(size_breaches), {("spatial/geom/box.cpp", "size")})
        self.write({"tests/architecture/size-exceptions.csv": "path,name,reason\nspatial/geom/box.cpp,,a table of the law\n"})
        self.assertEqual(self.found(size_breaches), set())

    def test_a_function_over_the_limit_is_found_and_an_empty_reason_does_not_help(self):
        self.write({"spatial/geom/box.cpp": long_function(80)})
        self.assertEqual(self.found(size_breaches), set())
        self.write({"spatial/geom/box.cpp": long_function(81),
                    "tests/architecture/size-exceptions.csv": "path,name,reason\nspatial/geom/box.cpp,sum, \n"})
        self.assertEqual(self.found(size_breaches), {("spatial/geom/box.cpp", "size")})

    def test_an_exception_nobody_needs_is_found(self):
        self.write({"tests/architecture/size-exceptions.csv": "path,name,reason\nspatial/geom/box.cpp,sum,long\n"})
        self.assertEqual(self.found(size_breaches), {("tests/architecture/size-exceptions.csv", "size")})

    def test_a_header_that_does_not_compile_alone_is_found_again_and_again(self):
        self.write({"spatial/geom/box.hpp": "#pragma once\nstd::string name();\n"})
        for _ in range(2):
            self.assertEqual(self.found(header_breaches), {("spatial/geom/box.hpp", "header-alone")})

    def test_a_header_that_compiled_is_compiled_again_when_what_it_includes_changes(self):
        self.assertEqual(self.found(header_breaches), set())
        self.write({"spatial/base/ids.hpp": "#pragma once\nstd::string slug();\n"})
        self.assertEqual(self.found(header_breaches), {("spatial/base/ids.hpp", "header-alone"),
                                                       ("spatial/geom/box.hpp", "header-alone")})


class FunctionSizesTest(unittest.TestCase):
    def names(self, text):
        return [(function.name, function.lines) for function in functions_of("a.cpp", text)]

    def test_members_lambdas_and_initializers_do_not_confuse_the_count(self):
        text = """namespace ranh::geom {
class Box {
public:
    Box(double x, double y) : m_x{x}, m_y(y) {
        grow();
    }
    double x() const { return m_x; }
    enum class Side { left, right };
private:
    double m_x{0};
};
auto area(const Box& box, double scale = double{1})
    -> double {
    auto f = [&](int i) { return i; };
    if (f(1) > 0) {
        return 1;
    }
    return 0;
}
}  // namespace
"""
        self.assertEqual(self.names(text), [("Box", 3), ("x", 1), ("area", 8)])

    def test_braces_in_text_and_comments_do_not_count(self):
        text = 'int a() {\n  // }\n  auto s = "}" + R"(}}\n)";\n  char c = \'}\';\n  int n = 1\'000\'000;\n}\nint b() { return 1; }\n'
        self.assertEqual(self.names(text), [("a", 7), ("b", 1)])

    def test_a_test_is_named_by_both_its_words(self):
        self.assertEqual(self.names("TEST(Box, Grows) {\n}\n"), [("Box.Grows", 2)])


if __name__ == "__main__":
    unittest.main()
