#include "spatial/store/postgis/change_listener.hpp"

#include "spatial/store/postgis/postgres.hpp"
#include "spatial/store/postgis/tables.hpp"

#include <libpq-fe.h>

#include <array>
#include <atomic>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace ranh::postgis {
namespace {

constexpr int pause_after_loss_ms = 2000;

class Listener final : public store::ChangeListener {
public:
    Listener(Address address, std::function<void()> wake) : m_address(std::move(address)), m_wake(std::move(wake)) {
        if (::pipe2(m_stop.data(), O_CLOEXEC) != 0) {
            throw Failure(ErrorKind::io, "no pipe can be made for the listener; close some programs");
        }
        m_thread = std::thread([this] { run(); });
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() override {
        m_stopping = true;
        static_cast<void>(::write(m_stop[1], "x", 1));
        m_thread.join();
        ::close(m_stop[0]);
        ::close(m_stop[1]);
    }

private:
    void run() {
        for (bool first = true; !m_stopping; first = false) {
            try {
                const Database database(m_address, Database::Use::reading, std::chrono::seconds(20));
                database.execute("LISTEN " + sql_name(change_channel(m_address)));
                if (!first) {
                    m_wake();
                }
                listen(database);
            } catch (const Failure&) {
                // The workspace's own connection says it in words; here it is tried again.
                wait(-1, pause_after_loss_ms);
            }
        }
    }

    void listen(const Database& database) {
        while (!m_stopping) {
            wait(PQsocket(database.handle()), -1);
            if (PQconsumeInput(database.handle()) == 0) {
                return;
            }
            bool told = false;
            while (PGnotify* notice = PQnotifies(database.handle())) {
                PQfreemem(notice);
                told = true;
            }
            if (told) {
                m_wake();
            }
        }
    }

    /// Until the socket has something, the end is near, or the time is over (-1: never).
    void wait(int socket, int milliseconds) const {
        std::array<pollfd, 2> ends{{{m_stop[0], POLLIN, 0}, {socket, POLLIN, 0}}};
        static_cast<void>(::poll(ends.data(), socket < 0 ? 1 : 2, milliseconds));
    }

    Address m_address;
    std::function<void()> m_wake;
    std::array<int, 2> m_stop{-1, -1};
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

}  // namespace

std::unique_ptr<store::ChangeListener> listen_for_changes(const Address& address, std::function<void()> wake) {
    return std::make_unique<Listener>(address, std::move(wake));
}

}  // namespace ranh::postgis
