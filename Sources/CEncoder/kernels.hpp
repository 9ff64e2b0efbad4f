#pragma once

#include "include/encoder_kernels.h"

namespace matinee::encoder {

/// The kernels for one set of instructions.
struct Kernels {
    /// Outputs that stand side by side in packed weights.
    size_t panel;
    void (*linear)(const float *packed, const float *bias, size_t inputs, size_t outputs, const float *x,
                   size_t rows, encoder_output output, float *y);
    void (*attend)(const float *query, size_t tokens, size_t hidden, size_t head_size, float *scratch,
                   float *context);
    void (*normalise)(float *x, size_t rows, size_t count, const float *weight, const float *bias,
                      float epsilon);
};

/// The widest panel of all, and the most rows that are multiplied at a time.
constexpr size_t widest_panel = 32, widest_block = 14;

const Kernels &portable_kernels();

#if defined(__x86_64__)
const Kernels &avx2_kernels();
const Kernels &avx512_kernels();
#endif

constexpr size_t rounded_up(size_t number, size_t unit) { return (number + unit - 1) / unit * unit; }

}  // namespace matinee::encoder
