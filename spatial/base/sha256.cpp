#include "spatial/base/sha256.hpp"

#include <openssl/evp.h>

#include <charconv>

namespace ranh {

std::string Sha256::hex() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

Result<Sha256> Sha256::parse(std::string_view hex) {
    Sha256 digest;
    bool good = hex.size() == digest.bytes.size() * 2;
    for (std::size_t i = 0; good && i < digest.bytes.size(); ++i) {
        const char* first = hex.data() + 2 * i;
        const auto [end, status] = std::from_chars(first, first + 2, digest.bytes[i], 16);
        good = status == std::errc() && end == first + 2;
    }
    if (!good) {
        return Error{ErrorKind::corrupt_input, "'" + std::string(hex) + "' is no SHA-256", {}};
    }
    return digest;
}

namespace {

/// Looked up once: finding it among the providers of OpenSSL takes longer than the digest of a feature.
const EVP_MD* algorithm() {
    static EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

}  // namespace

struct Sha256Stream::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256Stream::Sha256Stream() : m_state(std::make_unique<State>()) {
    if (m_state->context == nullptr || algorithm() == nullptr ||
        EVP_DigestInit_ex(m_state->context, algorithm(), nullptr) != 1) {
        throw Failure(ErrorKind::internal, "the SHA-256 digest of the OpenSSL library is not available");
    }
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

void Sha256Stream::add(std::string_view text) { EVP_DigestUpdate(m_state->context, text.data(), text.size()); }

Sha256 Sha256Stream::finish() {
    Sha256 digest;
    EVP_DigestFinal_ex(m_state->context, digest.bytes.data(), nullptr);
    return digest;
}

Sha256 sha256(std::string_view bytes) {
    Sha256Stream stream;
    stream.add(bytes);
    return stream.finish();
}

void DigestSum::add(const Sha256& digest) {
    unsigned carry = 0;
    for (std::size_t i = m_sum.bytes.size(); i-- > 0;) {
        const unsigned sum = static_cast<unsigned>(m_sum.bytes[i]) + digest.bytes[i] + carry;
        m_sum.bytes[i] = static_cast<std::uint8_t>(sum & 0xFFU);
        carry = sum >> 8U;
    }
}

void DigestSum::subtract(const Sha256& digest) {
    unsigned borrow = 0;
    for (std::size_t i = m_sum.bytes.size(); i-- > 0;) {
        const unsigned difference = 0x100U + m_sum.bytes[i] - digest.bytes[i] - borrow;
        m_sum.bytes[i] = static_cast<std::uint8_t>(difference & 0xFFU);
        borrow = difference < 0x100U ? 1U : 0U;
    }
}

}  // namespace ranh
