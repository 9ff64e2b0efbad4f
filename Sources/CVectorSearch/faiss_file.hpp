#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace matinee {

/// Why bytes are not a sound index.
struct Damaged : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What the bytes of an index must hold.
struct FileShape {
    size_t count;
    size_t dimension;
    /// Whether every number is checked; otherwise only that nothing is read beyond the end.
    bool is_checked;
};

/// Tells of which parts an index consists, for example `IxHNSW32(IxFI)`, reading the bytes as FAISS does.
///
/// If it returns for checked bytes, FAISS can read them without asking for more memory than a few times their
/// size, and search what it read without leaving its arrays. Throws `Damaged`, or std::bad_alloc.
std::string checked_parts(const uint8_t *bytes, size_t size, FileShape shape);

}  // namespace matinee
