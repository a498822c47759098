#pragma once

#include "spatial/base/error.hpp"
#include "spatial/model/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::mapping {

/// How one field of the layer is made.
struct FieldRule {
    std::string target;
    std::string source;                         ///< name of the source field; empty for a constant
    model::Value constant;                      ///< used when source is empty
    std::optional<model::FieldType> type;       ///< convert to; absent: as in the source
    std::map<std::string, std::string> values;  ///< source text -> text; a value that is not listed stays as it is
    std::string encoding;                       ///< name of the encoding of the source text; empty: found
    bool personal = false;  ///< kept though it is about a person; marked, so that it never leaves the workspace
};

/// From fields of a source to fields of a layer, as data:
///
///     unmapped: keep            # keep (default) | drop
///     drop: [OBJECTID, Shape_Leng]
///     fields:
///       sheet: SoHieuToBanDo                     # target: source
///       parcel: {from: SoThuTuThua, type: integer}
///       land_code: {from: KyHieu, values: {"ONT ": ONT}}
///       province: {constant: "68"}
///       place: {from: DIADANH, encoding: tcvn3}
///       owner: {from: TenChu, personal: true}
struct Mapping {
    std::string name;  ///< file name, for messages
    std::vector<FieldRule> fields;
    std::vector<std::string> dropped;
    bool drop_unmapped = false;
};

/// corrupt_input naming file, line and key for text that is not YAML, an unknown key, a target named twice or a wrong
/// type.
[[nodiscard]] Result<Mapping> read_mapping(std::string_view yaml, std::string_view name);

/// A mapping laid over the schema of one source: target fields in the order of the mapping, then unmapped ones in that
/// of the source.
class MappedSchema {
public:
    /// conflict naming the rule and the fields there are, when a source or dropped field does not exist, or when an
    /// unmapped field has the name of a target.
    [[nodiscard]] static Result<MappedSchema> make(const Mapping& mapping, const model::Schema& source);

    [[nodiscard]] const model::Schema& schema() const { return m_schema; }
    /// Values of one record; corrupt_input naming field, value and type for a value that cannot be converted.
    [[nodiscard]] Result<std::vector<model::Value>> apply(const std::vector<model::Value>& source) const;

private:
    struct Column {
        std::optional<std::size_t> source;
        FieldRule rule;
        model::FieldType type = model::FieldType::text;
    };
    model::Schema m_schema;
    std::vector<Column> m_columns;
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
