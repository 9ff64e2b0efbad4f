#include "kernels.hpp"

#if defined(__x86_64__)

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

namespace matinee::encoder {
namespace {

constexpr size_t lanes = 16, block = 14;

#include "kernel_code.hpp"

}  // namespace

const Kernels &avx512_kernels() { return kernels; }

}  // namespace matinee::encoder

#pragma clang attribute pop

#endif
