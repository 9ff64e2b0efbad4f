#include "include/encoder_kernels.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>

#include "kernels.hpp"

using namespace matinee::encoder;

namespace {

const Kernels &kernels(encoder_instructions instructions) {
#if defined(__x86_64__)
    if (instructions == ENCODER_AVX512) return avx512_kernels();
    if (instructions == ENCODER_AVX2) return avx2_kernels();
#endif
    return portable_kernels();
}

}  // namespace

/// Weights in panels of outputs, (outputs / panel, inputs, panel), the last panel filled up with zeros; then the
/// bias, as long as the panels together.
struct encoder_linear {
    const Kernels *kernels;
    size_t inputs, outputs;
    float *weights, *bias;
    size_t bytes;
};

encoder_instructions encoder_best_instructions(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
        return ENCODER_AVX512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return ENCODER_AVX2;
#endif
    return ENCODER_PORTABLE;
}

encoder_linear *encoder_linear_create(size_t inputs, size_t outputs, encoder_instructions instructions) {
    constexpr size_t most = size_t(1) << 30;  // products of two fit into size_t
    if (instructions > encoder_best_instructions() || inputs - 1 >= most || outputs - 1 >= most) return nullptr;
    const Kernels &chosen = kernels(instructions);
    const size_t room = rounded_up(outputs, chosen.panel), bytes = room * (inputs + 1) * sizeof(float);
    void *zeros = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (zeros == MAP_FAILED) return nullptr;
#if defined(MADV_HUGEPAGE)
    madvise(zeros, bytes, MADV_HUGEPAGE);  // weights are read in order: large pages miss the TLB less
#endif
    const auto weights = static_cast<float *>(zeros);
    auto map = new (std::nothrow) encoder_linear{&chosen, inputs, outputs, weights, weights + room * inputs, bytes};
    if (!map) munmap(zeros, bytes);
    return map;
}

void encoder_linear_fill(encoder_linear *map, size_t first, size_t count, const float *weight, const float *bias) {
    const size_t inputs = map->inputs, panel = map->kernels->panel;
    std::copy_n(bias, count, map->bias + first);
    for (size_t output = first, end = first; output < first + count; output = end) {
        end = std::min(first + count, (output / panel + 1) * panel);
        float *columns = map->weights + output / panel * panel * inputs + output % panel;
        const float *rows = weight + (output - first) * inputs;
        for (size_t k = 0; k < inputs; ++k) {
            for (size_t i = 0; i < end - output; ++i) columns[k * panel + i] = rows[i * inputs + k];
        }
    }
}

void encoder_linear_free(encoder_linear *map) {
    if (!map) return;
    munmap(map->weights, map->bytes);
    delete map;
}

void encoder_linear_apply(const encoder_linear *map, const float *x, size_t rows, encoder_output output, float *y) {
    map->kernels->linear(map->weights, map->bias, map->inputs, map->outputs, x, rows, output, y);
}

size_t encoder_attention_scratch(size_t tokens, size_t head_size) {
    return rounded_up(tokens, widest_panel) * (head_size + widest_block) + rounded_up(head_size, widest_panel) * tokens;
}

void encoder_attend(encoder_instructions instructions, const float *query, size_t tokens, size_t hidden,
                    size_t head_size, float *scratch, float *context) {
    kernels(instructions).attend(query, tokens, hidden, head_size, scratch, context);
}

void encoder_normalise(encoder_instructions instructions, float *x, size_t rows, size_t count, const float *weight,
                       const float *bias, float epsilon) {
    kernels(instructions).normalise(x, rows, count, weight, bias, epsilon);
}
