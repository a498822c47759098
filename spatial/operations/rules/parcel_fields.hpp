#pragma once

#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/parcel_record.hpp"
#include "spatial/validation/profile.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace ranh::rules {

/// Which fields of a layer hold what is on paper about a parcel: the names the ready mappings give
/// (importers/mapping/ready), or those of the exchange schemas.
struct ParcelFields {
    std::optional<std::size_t> commune;          ///< commune_code, commune, maXa
    std::optional<std::size_t> sheet;            ///< sheet, soHieuToBanDo
    std::optional<std::size_t> parcel;           ///< parcel, soThuTuThua
    std::optional<std::size_t> land_code;        ///< land_code, maMucDichSuDung, kyHieuMucDichSuDung
    std::optional<std::size_t> geohash;          ///< geohash, parcel_identifier
    std::optional<std::size_t> registered_area;  ///< registered_area_m2, area_stated_m2, dienTichPhapLy
    std::optional<std::size_t> purposes;         ///< use_purposes, mucDichSuDung

    [[nodiscard]] static ParcelFields of(const model::Schema& schema);
    [[nodiscard]] bool has_key() const { return commune && sheet && parcel; }
};

/// What is on paper about feature i.
[[nodiscard]] validation::ParcelRecord parcel_record(const snapshot::PackedLayer& layer, const ParcelFields& fields,
                                                     std::size_t i);

/// Rules of the profile that cannot be held over such a layer, and why. `scale_known`: there are limits of area for its
/// map scale.
[[nodiscard]] std::vector<validation::UncheckedRule> unchecked_rules(const validation::Profile& profile,
                                                                     const ParcelFields& fields, bool scale_known);

}  // namespace ranh::rules
