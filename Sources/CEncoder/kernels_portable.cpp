#include "kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace matinee::encoder {
namespace {

constexpr size_t lanes = 4, block = 6;

#include "kernel_code.hpp"

}  // namespace

const Kernels &portable_kernels() { return kernels; }

}  // namespace matinee::encoder
