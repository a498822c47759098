#pragma once

#include "spatial/store/postgis/address.hpp"
#include "spatial/store/workspace.hpp"

#include <functional>
#include <memory>

namespace ranh::postgis {

/// LISTENs on a connection and a thread of its own; a connection that was lost is opened again, after which `wake` is
/// called, for a change may have been missed.
[[nodiscard]] std::unique_ptr<store::ChangeListener> listen_for_changes(const Address& address,
                                                                        std::function<void()> wake);

}  // namespace ranh::postgis
