#ifndef MATINEE_ENCODER_KERNELS_H
#define MATINEE_ENCODER_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The instructions that kernels are made of; more is quicker, and results differ by rounding only.
typedef enum encoder_instructions {
    /// What every CPU of the kind has.
    ENCODER_PORTABLE = 0,
    ENCODER_AVX2 = 1,
    ENCODER_AVX512 = 2,
} encoder_instructions;

/// The best that this CPU has.
encoder_instructions encoder_best_instructions(void);

/// A linear map y = x · Wᵀ + b in the order in which its numbers are read; it never changes once filled.
typedef struct encoder_linear encoder_linear;

/// Makes a map of zeros, or null where memory is short, this CPU lacks the instructions, or a size is not from 1 to 2³⁰.
encoder_linear *encoder_linear_create(size_t inputs, size_t outputs, encoder_instructions instructions);

/// Fills the outputs from `first` on: `weight` has the shape (count, inputs), `bias` (count).
void encoder_linear_fill(encoder_linear *map, size_t first, size_t count, const float *weight, const float *bias);

/// Frees a map; null is let pass.
void encoder_linear_free(encoder_linear *map);

/// What becomes of x · Wᵀ + b.
typedef enum encoder_output {
    /// y = it
    ENCODER_STORE = 0,
    /// y = gelu(it): z · Φ(z), with erf by Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7).
    ENCODER_GELU = 1,
    /// y = y + it
    ENCODER_ADD = 2,
} encoder_output;

/// Applies a map to `rows` rows: x (rows, inputs), y (rows, outputs). Allocates nothing.
void encoder_linear_apply(const encoder_linear *map, const float *x, size_t rows, encoder_output output, float *y);

/// How many numbers of scratch memory `encoder_attend` needs for sequences of up to `tokens` tokens.
size_t encoder_attention_scratch(size_t tokens, size_t head_size);

/// Attention of one head over one sequence: softmax(Q · Kᵀ / √head_size) · V. Allocates nothing.
///
/// - instructions: this CPU must have them; here and below.
/// - query: (tokens, 3 · hidden), of which this head's query, key and value are the `head_size` columns at 0,
///   `hidden` and 2 · `hidden`.
/// - context: (tokens, hidden), of which the first `head_size` columns are written.
void encoder_attend(encoder_instructions instructions, const float *query, size_t tokens, size_t hidden,
                    size_t head_size, float *scratch, float *context);

/// Layer normalisation in place, row by row: (x - mean) / √(variance + epsilon) · weight + bias.
///
/// - x: (rows, count); weight and bias: (count).
void encoder_normalise(encoder_instructions instructions, float *x, size_t rows, size_t count, const float *weight,
                       const float *bias, float epsilon);

#ifdef __cplusplus
}
#endif

#endif
