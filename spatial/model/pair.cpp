#include "spatial/model/pair.hpp"

namespace ranh::model {

std::string_view to_string(Relation relation) {
    switch (relation) {
        case Relation::contains: return "contains";
        case Relation::within: return "within";
        case Relation::equals: return "equals";
        case Relation::crosses: return "crosses";
        case Relation::touches: return "touches";
        case Relation::near: return "near";
    }
    return "touches";
}

std::string_view to_string(SizeClass size) {
    switch (size) {
        case SizeClass::overlap: return "overlap";
        case SizeClass::sliver: return "sliver";
        case SizeClass::none: return "none";
    }
    return "none";
}

}  // namespace ranh::model
