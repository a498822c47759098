#include "importers/vector/ogr_fields.hpp"

#include "spatial/codec/json.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ranh::vector::detail {

namespace {

model::FieldType type_of(OGRFieldDefnH field) {
    switch (OGR_Fld_GetType(field)) {
        case OFTInteger:
            return OGR_Fld_GetSubType(field) == OFSTBoolean ? model::FieldType::boolean : model::FieldType::integer;
        case OFTInteger64: return model::FieldType::integer;
        case OFTReal: return model::FieldType::real;
        case OFTDate: return model::FieldType::date;
        default: break;
    }
    return model::FieldType::text;
}

/// Names such as "fid" are made by whoever wrote the file and mean nothing; "id" or "objectid" may be the only key
/// there is.
bool names_records(const std::string& key_column) {
    return !key_column.empty() && key_column != "fid" && key_column != "FID" && key_column != "ogc_fid" &&
           key_column != "OGC_FID";
}

template <typename Item, typename Get>
std::string list_json(OGRFeatureH feature, int position, Get get) {
    int count = 0;
    const auto* items = get(feature, position, &count);
    codec::Json list{codec::JsonArray()};
    for (int i = 0; i < count; ++i) {
        list.push(codec::Json(static_cast<Item>(items[i])));
    }
    return codec::to_text(list);
}

std::string string_list_json(OGRFeatureH feature, int position) {
    codec::Json list{codec::JsonArray()};
    for (char** item = OGR_F_GetFieldAsStringList(feature, position); item != nullptr && *item != nullptr; ++item) {
        list.push(codec::Json(static_cast<const char*>(*item)));
    }
    return codec::to_text(list);
}

model::Value date_value(OGRFeatureH feature, int position) {
    int year = 0;
    int month = 0;
    int day = 0;
    int rest = 0;
    if (OGR_F_GetFieldAsDateTime(feature, position, &year, &month, &day, &rest, &rest, &rest, &rest) == 0) {
        return {};
    }
    const auto date = Date::parse(fmt::format("{:04}-{:02}-{:02}", year, month, day));
    return date ? model::Value(date.value()) : model::Value();
}

std::string moment_text(OGRFeatureH feature, int position) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0.0F;
    int zone = 0;
    OGR_F_GetFieldAsDateTimeEx(feature, position, &year, &month, &day, &hour, &minute, &second, &zone);
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", year, month, day, hour, minute,
                                   static_cast<int>(std::floor(second)));
    const auto milliseconds = static_cast<int>(std::lround((second - std::floor(second)) * 1000.0F));
    if (milliseconds > 0) {
        text += fmt::format(".{:03}", milliseconds);
    }
    // GDAL: 0 unknown, 1 local time, 100 UTC, one step from there a quarter of an hour.
    const int offset = (zone - 100) * 15;
    if (zone == 100) {
        text += 'Z';
    } else if (zone > 1) {
        text += fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
    }
    return text;
}

model::Value value_of(OGRFeatureH feature, int position) {
    switch (OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, position))) {
        case OFTInteger:
        case OFTInteger64: return static_cast<std::int64_t>(OGR_F_GetFieldAsInteger64(feature, position));
        case OFTReal: {
            const double value = OGR_F_GetFieldAsDouble(feature, position);
            return std::isfinite(value) ? model::Value(value) : model::Value();
        }
        case OFTDate: return date_value(feature, position);
        case OFTDateTime: return moment_text(feature, position);
        case OFTIntegerList: return list_json<std::int64_t>(feature, position, OGR_F_GetFieldAsIntegerList);
        case OFTInteger64List: return list_json<std::int64_t>(feature, position, OGR_F_GetFieldAsInteger64List);
        case OFTRealList: return list_json<double>(feature, position, OGR_F_GetFieldAsDoubleList);
        case OFTStringList: return string_list_json(feature, position);
        default: break;
    }
    return std::string(OGR_F_GetFieldAsString(feature, position));
}

}  // namespace

OgrFields::OgrFields(OGRLayerH layer, bool numbers_are_ids) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    const std::string key = numbers_are_ids ? "id" : OGR_L_GetFIDColumn(layer);
    if (names_records(key) && OGR_FD_GetFieldIndex(definition, key.c_str()) < 0) {
        m_schema.fields.push_back({key, model::FieldType::integer, model::Privacy::open});
        m_positions.push_back(-1);
    }
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        const std::string name = OGR_Fld_GetNameRef(field);
        if (OGR_Fld_GetType(field) == OFTBinary) {
            m_notes.push_back(fmt::format("field '{}' holds binary data and is left out", name));
            continue;
        }
        if (!m_schema.find(name)) {
            m_schema.fields.push_back({name, type_of(field), model::Privacy::open});
            m_positions.push_back(i);
        }
    }
}

std::vector<model::Value> OgrFields::values(OGRFeatureH feature) const {
    std::vector<model::Value> values;
    values.reserve(m_positions.size());
    for (std::size_t i = 0; i < m_positions.size(); ++i) {
        const int position = m_positions[i];
        if (position < 0) {
            values.emplace_back(static_cast<std::int64_t>(OGR_F_GetFID(feature)));
        } else if (OGR_F_IsFieldSetAndNotNull(feature, position) == 0) {
            values.emplace_back();
        } else if (m_schema.fields[i].type == model::FieldType::boolean) {
            values.emplace_back(OGR_F_GetFieldAsInteger(feature, position) != 0);
        } else {
            values.push_back(value_of(feature, position));
        }
    }
    return values;
}

OGRFieldType ogr_field_type(model::FieldType type) {
    switch (type) {
        case model::FieldType::boolean: return OFTInteger;
        case model::FieldType::integer: return OFTInteger64;
        case model::FieldType::real: return OFTReal;
        case model::FieldType::date: return OFTDate;
        case model::FieldType::text: break;
    }
    return OFTString;
}

void set_ogr_field(OGRFeatureH feature, int position, const model::Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        OGR_F_SetFieldInteger(feature, position, *flag ? 1 : 0);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        OGR_F_SetFieldInteger64(feature, position, *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        OGR_F_SetFieldDouble(feature, position, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        OGR_F_SetFieldString(feature, position, text->c_str());
    } else if (const auto* date = std::get_if<Date>(&value)) {
        const std::chrono::year_month_day day(date->day());
        OGR_F_SetFieldDateTime(feature, position, static_cast<int>(day.year()),
                               static_cast<int>(static_cast<unsigned>(day.month())),
                               static_cast<int>(static_cast<unsigned>(day.day())), 0, 0, 0, 0);
    } else {
        OGR_F_SetFieldNull(feature, position);
    }
}

}  // namespace ranh::vector::detail
