#include "importers/communes/commune_search.hpp"
#include "importers/text/unicode.hpp"
#include "services/app/command.hpp"
#include "services/app/options.hpp"
#include "services/app/terminal.hpp"
#include "services/present/table.hpp"
#include "spatial/codec/json.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ranh::app {
namespace {

using communes::CommuneMatch;
using communes::CommuneSearch;
using communes::FormerUnit;
using communes::UnitLevel;

struct CommunesArguments {
    bool json = false;
    bool csv = false;
    std::string text;
};

std::vector<FormerUnit> crosswalk() {
    std::vector<FormerUnit> units = shipped_crosswalk();
    if (units.empty()) {
        throw Failure(ErrorKind::not_found,
                      "the table of former units (data-samples/lamdong/commune-history) is not there; install the "
                      "program anew, or name its folder in RANH_SHARE");
    }
    return units;
}

std::string level_text(UnitLevel level) {
    switch (level) {
        case UnitLevel::province: return "tỉnh / province";
        case UnitLevel::district: return "huyện / district";
        case UnitLevel::commune: return "xã / commune";
    }
    return {};
}

codec::Json json_of(const FormerUnit& unit) {
    codec::Json json;
    json.add("level", communes::to_string(unit.level))
        .add("old_province", unit.province)
        .add("old_district", unit.district)
        .add("old_name", unit.name)
        .add("also_written", unit.also_written)
        .add("old_code", unit.code)
        .add("new_code", unit.commune_code)
        .add("new_name", unit.commune_name)
        .add("new_province", unit.commune_province)
        .add("extent", unit.whole ? "whole" : "part")
        .add("share_of_old", unit.share_of_old)
        .add("share_of_new", unit.share_of_new);
    return json;
}

std::string share_text(const std::optional<double>& share) { return share ? fmt::format("{}", *share) : std::string(); }

void print_csv(const std::vector<FormerUnit>& units) {
    print(
        "level,old_province,old_district,old_name,also_written,old_code,new_code,new_name,new_province,extent,"
        "share_of_old,share_of_new");
    for (const FormerUnit& unit : units) {
        std::string line;
        for (const std::string& field : {std::string(communes::to_string(unit.level)), unit.province, unit.district,
                                         unit.name, unit.also_written, unit.code, unit.commune_code, unit.commune_name,
                                         unit.commune_province, std::string(unit.whole ? "whole" : "part"),
                                         share_text(unit.share_of_old), share_text(unit.share_of_new)}) {
            line += present::csv_field(field) + ",";
        }
        line.pop_back();
        print(line);
    }
}

void print_table(const std::vector<FormerUnit>& units) {
    print(padded("cấp / level", 18) + padded("đơn vị cũ / former unit", 28) + padded("thuộc / in", 24) +
          padded("nay là / today", 30) + padded("phần / extent", 20) + "tỷ lệ cũ, mới / share of old, new");
    for (const FormerUnit& unit : units) {
        const std::string within = unit.level == UnitLevel::commune    ? unit.district
                                   : unit.level == UnitLevel::district ? unit.province
                                                                       : std::string();
        const std::string shares = unit.share_of_old || unit.share_of_new
                                       ? share_text(unit.share_of_old) + "  " + share_text(unit.share_of_new)
                                       : "không rõ / unknown";
        print(padded(level_text(unit.level), 18) + padded(unit.name, 28) + padded(within, 24) +
              padded(unit.commune_name + " " + unit.commune_code, 30) +
              padded(unit.whole ? "toàn bộ / whole" : "một phần / part", 20) + shares);
    }
}

std::string text_typed(const CommunesArguments& arguments) {
    if (!text::is_valid_utf8(arguments.text)) {
        throw Failure(ErrorKind::invalid_argument, "the text to search for is no UTF-8; set the terminal to UTF-8");
    }
    return arguments.text;
}

ExitCode list(const CommunesArguments& arguments) {
    const CommuneSearch search(crosswalk());
    codec::Json rows(codec::JsonArray{});
    for (const communes::Commune& commune : search.communes()) {
        if (arguments.json) {
            codec::Json row;
            row.add("code", commune.code).add("name", commune.name);
            rows.push(std::move(row));
        } else {
            print(commune.code + "  " + commune.name);
        }
    }
    if (arguments.json) {
        print(codec::to_text(rows, codec::JsonLayout::indented));
    }
    return ExitCode::done;
}

ExitCode search(const CommunesArguments& arguments) {
    const std::vector<CommuneMatch> found = CommuneSearch(crosswalk()).find(text_typed(arguments));
    codec::Json rows(codec::JsonArray{});
    for (const CommuneMatch& match : found) {
        if (arguments.json) {
            codec::Json row;
            row.add("code", match.commune.code).add("name", match.commune.name);
            row.add("former", match.former ? json_of(*match.former) : codec::Json(nullptr));
            rows.push(std::move(row));
        } else {
            const std::string former =
                match.former ? fmt::format("trước là / formerly: {} ({})", match.former->name,
                                           match.former->level == UnitLevel::commune ? match.former->district
                                                                                     : match.former->province)
                             : std::string();
            print(padded(match.commune.code, 7) + padded(match.commune.name, 32) + former);
        }
    }
    if (arguments.json) {
        print(codec::to_text(rows, codec::JsonLayout::indented));
    } else if (found.empty()) {
        note(fmt::format("không tìm thấy '{0}' / nothing is called '{0}', today or formerly", arguments.text));
    }
    return ExitCode::done;
}

/// Rows of the communes that a text finds; all without a text.
ExitCode print_crosswalk(const CommunesArguments& arguments) {
    std::vector<FormerUnit> units = crosswalk();
    if (!arguments.text.empty()) {
        std::set<std::string> codes;
        for (const CommuneMatch& match : CommuneSearch(units).find(text_typed(arguments))) {
            codes.insert(match.commune.code);
        }
        std::erase_if(units, [&](const FormerUnit& unit) { return !codes.contains(unit.commune_code); });
    }
    if (arguments.json) {
        codec::Json rows(codec::JsonArray{});
        for (const FormerUnit& unit : units) {
            rows.push(json_of(unit));
        }
        print(codec::to_text(rows, codec::JsonLayout::indented));
    } else if (arguments.csv) {
        print_csv(units);
    } else {
        print_table(units);
    }
    return ExitCode::done;
}

}  // namespace

void add_communes_command(CLI::App& program, Job& job) {
    auto arguments = std::make_shared<CommunesArguments>();
    CLI::App* command = program.add_subcommand(
        "communes", "Xã, phường nay và trước sáp nhập / Communes of today and what they were before the mergers");
    const auto add_json = [&](CLI::App& to) {
        return to.add_flag("--json", arguments->json, "Kết quả dạng JSON / Result as JSON");
    };
    const auto set_job = [&job, arguments](CLI::App& to, ExitCode (*run)(const CommunesArguments&)) {
        to.callback([&job, arguments, run] {
            if (!job) {
                job = [arguments, run] { return run(*arguments); };
            }
        });
    };
    add_json(*command);
    command->require_subcommand(0, 1);
    set_job(*command, list);
    CLI::App* finding = command->add_subcommand(
        "search", "Tìm theo tên nay hoặc tên cũ, không cần dấu / Find by a name of today or a former one");
    finding->add_option("text", arguments->text, "Tên, ví dụ / Name, for example: dak rlap; \"Tân Hà, Đức Linh\"")
        ->required();
    add_json(*finding);
    set_job(*finding, search);
    CLI::App* table =
        command->add_subcommand("crosswalk", "Bảng đơn vị cũ → mới / Table of former units and the communes of today");
    table->add_option("text", arguments->text, "Chỉ những xã tìm thấy / Of the communes found by this text alone");
    auto* json = add_json(*table);
    table->add_flag("--csv", arguments->csv, "Kết quả dạng CSV / Result as CSV")->excludes(json);
    set_job(*table, print_crosswalk);
}

}  // namespace ranh::app
