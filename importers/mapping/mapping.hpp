#pragma once

#include "spatial/base/error.hpp"
#include "spatial/model/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::mapping {

/// What a source text becomes, on the days it does.
struct ValueRule {
    std::string to;
    DateRange days;  ///< open on both sides: always, whatever the date of the record
    friend bool operator==(const ValueRule&, const ValueRule&) = default;
};

/// How one field of the layer is made.
struct FieldRule {
    std::string target;
    std::string source;                       ///< name of the source field; empty for a constant
    std::vector<std::string> other_sources;   ///< taken, in this order, where there is no field `source`
    bool optional = false;                    ///< left out, and noted, where the source has none of these fields
    model::Value constant;                    ///< used when source is empty
    std::optional<model::FieldType> type;     ///< convert to; absent: as in the source
    std::map<std::string, ValueRule> values;  ///< source text -> text; a value that is not listed stays as it is
    std::string encoding;                     ///< name of the encoding of the source text; empty: found
    bool personal = false;  ///< kept though it is about a person; marked, so that it never leaves the workspace
};

/// Greatest snapping distance of a drawing, metres: beyond it corners of different parcels would fall together.
inline constexpr double most_snap_m = 1.0;

/// Which levels of a drawing (DGN) or layers (DXF) carry what; a list that is empty is not said.
struct DrawingLevels {
    std::vector<std::string> boundary;   ///< lines that bound parcels
    std::vector<std::string> number;     ///< parcel numbers, or whole labels
    std::vector<std::string> land_code;  ///< kinds of land
    std::vector<std::string> area;       ///< areas on paper
    std::optional<double> snap_m;        ///< corners and ends that are this near are one; 0: nothing is moved
    friend bool operator==(const DrawingLevels&, const DrawingLevels&) = default;
};

/// `levels`, and what they do not say as `usual` says it.
[[nodiscard]] DrawingLevels filled(DrawingLevels levels, const DrawingLevels& usual);

/// From fields of a source to fields of a layer, as data:
///
///     linework:                 # of a drawing from whose lines parcels are built; see DrawingLevels
///       boundary: [10, 23, 31]
///       number: [13]
///       snap: 0.01
///     unmapped: keep            # keep (default) | drop
///     drop: [OBJECTID, Shape_Leng]
///     date: NgayLap             # source field with the day of a record, for values with dates; else the layer's
///                               # first day of validity
///     fields:
///       sheet: SoHieuToBanDo                     # target: source
///       parcel: {from: SoThuTuThua, type: integer}
///       commune_code: {from: [maXa, MaXa], optional: true}
///       land_code: {from: KyHieu, values: {"ONT ": ONT, DRA: {to: DRAC, from: 2024-08-01}}}
///       province: {constant: "68"}
///       place: {from: DIADANH, encoding: tcvn3}
///       owner: {from: TenChu, personal: true}
struct Mapping {
    std::string name;  ///< file name, for messages
    std::vector<FieldRule> fields;
    std::vector<std::string> dropped;
    std::string date_field;  ///< empty: the records have none
    bool drop_unmapped = false;
    DrawingLevels linework;
};

/// corrupt_input naming file, line and key for text that is not YAML, an unknown key, a target named twice or a wrong
/// type.
[[nodiscard]] Result<Mapping> read_mapping(std::string_view yaml, std::string_view name);

/// Values that a mapping changed, or would have changed had it known the date: sentence -> number of records.
using RewriteCounts = std::map<std::string, std::int64_t>;

/// A mapping laid over the schema of one source: target fields in the order of the mapping, then unmapped ones in that
/// of the source.
class MappedSchema {
public:
    /// conflict naming the rule and the fields there are, when a source or dropped field does not exist, or when an
    /// unmapped field has the name of a target.
    /// `layer_date`: the day of records that have no day of their own.
    [[nodiscard]] static Result<MappedSchema> make(const Mapping& mapping, const model::Schema& source,
                                                   std::optional<Date> layer_date = {});

    [[nodiscard]] const model::Schema& schema() const { return m_schema; }
    /// Values of one record; corrupt_input naming field, value and type for a value that cannot be converted.
    /// Changed values are counted in `rewrites` when it is given.
    [[nodiscard]] Result<std::vector<model::Value>> apply(const std::vector<model::Value>& source,
                                                          RewriteCounts* rewrites = nullptr) const;
    /// Fields dropped, left out and not named in the mapping, one sentence each.
    [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }

private:
    struct Column {
        std::optional<std::size_t> source;
        FieldRule rule;
        model::FieldType type = model::FieldType::text;
    };
    [[nodiscard]] Result<bool> add_rule(const Mapping& mapping, const FieldRule& rule, const model::Schema& source,
                                        std::vector<bool>& used);
    [[nodiscard]] Result<bool> add_unmapped(const Mapping& mapping, const model::Schema& source,
                                            const std::vector<bool>& used);
    [[nodiscard]] std::optional<Date> day_of(const std::vector<model::Value>& source) const;

    model::Schema m_schema;
    std::vector<Column> m_columns;
    std::optional<std::size_t> m_date;
    std::optional<Date> m_layer_date;
    std::vector<std::string> m_notes;
};

/// The value as `type`: text is parsed (decimal point), whole reals become integers, anything becomes text.
/// corrupt_input otherwise.
[[nodiscard]] Result<model::Value> convert(const model::Value& value, model::FieldType type);

/// Whether a field is about a person (owner, identity or tax number, phone, birth year, bank, address of an owner):
/// such fields are dropped at import unless a mapping keeps them. `folded_name`: lower case without tone marks; blanks,
/// '_' and '-' do not count.
[[nodiscard]] bool is_personal_field(std::string_view folded_name);

/// The fields of a record as a JSON object, for quarantine.
[[nodiscard]] std::string record_json(const model::Schema& schema, const std::vector<model::Value>& values);

}  // namespace ranh::mapping
