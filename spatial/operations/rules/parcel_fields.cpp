#include "spatial/operations/rules/parcel_fields.hpp"

#include "spatial/codec/json.hpp"

#include <charconv>
#include <initializer_list>
#include <string>
#include <utility>

namespace ranh::rules {
namespace {

using validation::IssueCode;
using validation::ParcelRecord;

std::optional<std::size_t> first_of(const model::Schema& schema, std::initializer_list<const char*> names) {
    for (const char* const name : names) {
        if (const auto field = schema.find(name)) {
            return field;
        }
    }
    return std::nullopt;
}

std::string text_of(const codec::Json* json) {
    if (json == nullptr || json->is_null()) {
        return {};
    }
    const auto text = json->string();
    return text ? std::string(*text) : codec::to_text(*json);
}

std::optional<double> number_of(const codec::Json* json) {
    const std::string text = text_of(json);
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

/// A list of objects with the names of DC_MucDichSuDung, as the reader of exchange files writes it.
void read_purposes(const std::string& text, ParcelRecord& record) {
    if (text.empty()) {
        return;
    }
    const auto json = codec::parse_json(text);
    if (!json || json.value().array() == nullptr) {
        record.purposes_unreadable = true;
        return;
    }
    for (const codec::Json& purpose : *json.value().array()) {
        record.purposes.push_back({.code = text_of(purpose.find("maMucDichSuDung")),
                                   .area_m2 = number_of(purpose.find("dienTich")),
                                   .term_end = text_of(purpose.find("ngayHetHanSuDung"))});
    }
}

}  // namespace

ParcelFields ParcelFields::of(const model::Schema& schema) {
    return {.commune = first_of(schema, {"commune_code", "commune", "maXa"}),
            .sheet = first_of(schema, {"sheet", "soHieuToBanDo"}),
            .parcel = first_of(schema, {"parcel", "soThuTuThua"}),
            .land_code = first_of(schema, {"land_code", "maMucDichSuDung", "kyHieuMucDichSuDung"}),
            .geohash = first_of(schema, {"geohash", "parcel_identifier"}),
            .registered_area = first_of(schema, {"registered_area_m2", "area_stated_m2", "dienTichPhapLy"}),
            .purposes = first_of(schema, {"use_purposes", "mucDichSuDung"})};
}

ParcelRecord parcel_record(const snapshot::PackedLayer& layer, const ParcelFields& fields, std::size_t i) {
    const auto text = [&](std::optional<std::size_t> field) {
        return field ? std::optional(model::to_text(layer.value(i, *field))) : std::nullopt;
    };
    ParcelRecord record;
    record.commune = text(fields.commune);
    record.sheet = text(fields.sheet);
    record.parcel = text(fields.parcel);
    record.land_code = text(fields.land_code);
    record.geohash = text(fields.geohash);
    const model::Areas areas = layer.areas(i);
    record.has_registered_area = fields.registered_area.has_value();
    record.registered_area_m2 = areas.area_stated_m2;
    record.computed_area_m2 = areas.area_planar_m2;
    if (fields.purposes) {
        read_purposes(*text(fields.purposes), record);
    }
    if (layer.has_geometry(i) && fields.geohash) {
        record.lonlat = layer.lonlat(i);
    }
    return record;
}

std::vector<validation::UncheckedRule> unchecked_rules(const validation::Profile& profile, const ParcelFields& fields,
                                                       bool scale_known) {
    std::vector<validation::UncheckedRule> unchecked;
    const auto need = [&](bool there, const char* reason, std::initializer_list<IssueCode> codes) {
        for (const IssueCode code : codes) {
            if (!there && profile.holds(code)) {
                unchecked.push_back({code, reason});
            }
        }
    };
    need(fields.has_key(), "không đủ trường xã, tờ, thửa / fields commune, sheet, parcel not all there",
         {IssueCode::key_missing, IssueCode::key_duplicate});
    need(fields.land_code.has_value(), "không có trường loại đất / no field land_code",
         {IssueCode::land_code_missing, IssueCode::land_code_unknown, IssueCode::land_code_not_in_force});
    need(fields.registered_area.has_value(), "không có trường diện tích pháp lý / no field registered_area_m2",
         {IssueCode::registered_area_missing, IssueCode::area_differs});
    if (fields.registered_area) {
        need(scale_known, "không biết tỷ lệ bản đồ, đặt map_scale / map scale not known, set map_scale in the profile",
             {IssueCode::area_differs});
    }
    need(fields.geohash.has_value(), "không có trường mã định danh / no field geohash",
         {IssueCode::geohash_missing, IssueCode::geohash_malformed, IssueCode::geohash_misplaced,
          IssueCode::geohash_duplicate});
    need(fields.purposes.has_value(), "không có trường mục đích sử dụng / no field use_purposes",
         {IssueCode::purposes_unreadable, IssueCode::purposes_area, IssueCode::term_no_date, IssueCode::term_ended});
    return unchecked;
}

}  // namespace ranh::rules
