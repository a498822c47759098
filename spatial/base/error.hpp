#pragma once

#include <cassert>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace ranh {

/// What kind of thing went wrong; one table each turns it into an exit code and an HTTP status.
enum class ErrorKind {
    invalid_argument,
    not_found,
    forbidden,
    unsupported,
    limit_exceeded,
    corrupt_input,
    conflict,
    io,
    cancelled,
    internal
};

[[nodiscard]] std::string_view to_string(ErrorKind kind);

/// A request or the environment could not be served.
///
/// `sentence` names the object, the value found, the value expected and what to do next. `context` says where (file and
/// row, layer, query parameter); it may be empty.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string sentence;
    std::string context;

    /// "context: sentence", or the sentence alone.
    [[nodiscard]] std::string text() const;
};

/// The one exception type of the project; it carries an Error and is caught once, in services/app or at the HTTP edge.
class Failure : public std::exception {
public:
    explicit Failure(Error error);
    Failure(ErrorKind kind, std::string sentence, std::string context = {});
    [[nodiscard]] const Error& error() const noexcept { return m_error; }
    [[nodiscard]] const char* what() const noexcept override { return m_text.c_str(); }

private:
    Error m_error;
    std::string m_text;
};

/// A value, or the Error that says why there is none. Asking a failed Result for its value throws Failure.
template <typename T>
class [[nodiscard]] Result {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): `return value;` is the point of the type
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    // NOLINTNEXTLINE(google-explicit-constructor): `return Error{...};` likewise
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const T& value() const& {
        require();
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T& value() & {
        require();
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T value() && {
        require();
        return std::move(*std::get_if<0>(&m_state));
    }
    /// Precondition: !ok().
    [[nodiscard]] const Error& error() const {
        assert(!ok());
        return *std::get_if<1>(&m_state);
    }

private:
    void require() const {
        if (!ok()) {
            throw Failure(*std::get_if<1>(&m_state));
        }
    }
    std::variant<T, Error> m_state;
};

}  // namespace ranh
