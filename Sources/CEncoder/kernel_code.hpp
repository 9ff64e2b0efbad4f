// The kernels, compiled once for each set of instructions by a file that defines `lanes` (numbers in a vector) and
// `block` (rows at a time) in a namespace of its own. Everything here is private to that file.

using Vector = float __attribute__((vector_size(lanes * sizeof(float))));
using Integers = int32_t __attribute__((vector_size(lanes * sizeof(float))));

constexpr size_t panel = 2 * lanes;

/// How far ahead of the multiplication weights are fetched.
constexpr size_t prefetch_floats = 16 * panel;

/// Numbers of x that stay in the second-level cache beside a panel of weights.
constexpr size_t cache_floats = 96 * 1024;

inline Vector load(const float *p) {
    Vector v;
    memcpy(&v, p, sizeof v);
    return v;
}

inline void store(float *p, Vector v) { memcpy(p, &v, sizeof v); }

inline Vector all(float x) { return x - Vector{}; }

inline Vector larger(Vector a, Vector b) { return a > b ? a : b; }

inline float sum(Vector v) {
    float total = 0;
    for (size_t i = 0; i < lanes; ++i) total += v[i];
    return total;
}

inline float largest(Vector v) {
    float most = v[0];
    for (size_t i = 1; i < lanes; ++i) most = v[i] > most ? v[i] : most;
    return most;
}

/// e^x for x <= 0, by range reduction with ln 2 in two parts and a polynomial of degree 5 on ±ln 2 / 2; relative
/// error about 1e-7 (coefficients: Cephes, `expf`).
inline Vector exponential(Vector x) {
    x = x < -87.0f ? all(-87.0f) : x;  // NaN stays NaN
    const Vector shifted = x * 1.44269504f + 12582912.0f;  // rounds to an integer in the low bits
    const Vector power = shifted - 12582912.0f;
    const Vector r = x - power * 0.693359375f + power * 2.12194440e-4f;
    Vector p = all(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    const Integers bits = (Integers(shifted) - 0x4B400000 + 127) << 23;
    return p * Vector(bits);
}

inline Vector gelu(Vector x) {
    const Vector z = x * 0.70710678f;
    const Vector size = larger(z, -z);
    const Vector t = 1.0f / (0.3275911f * size + 1.0f);
    Vector p = all(1.061405429f);
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    const Vector rest = p * t * exponential(-size * size);  // 1 - erf(|z|)
    return 0.5f * x * (z < 0 ? rest : 2.0f - rest);
}

/// The products of `rows` rows of x with two vectors of columns side by side.
template <size_t rows>
struct Tile {
    Vector left[rows], right[rows];

    /// - x: (rows, count), `x_stride` apart; columns: (count, panel), `stride` apart.
    inline void multiply(const float *x, size_t x_stride, const float *columns, size_t stride, size_t count) {
        Vector l[rows] = {}, r[rows] = {};  // in registers: every loop over rows is unrolled
        for (size_t k = 0; k < count; ++k) {
            const float *row = columns + k * stride;
            __builtin_prefetch(row + prefetch_floats);
            if (panel > 16) __builtin_prefetch(row + prefetch_floats + 16);
            const Vector a = load(row), b = load(row + lanes);
#pragma clang loop unroll(full)
            for (size_t i = 0; i < rows; ++i) {
                const float factor = x[i * x_stride + k];
                l[i] += factor * a;
                r[i] += factor * b;
            }
        }
#pragma clang loop unroll(full)
        for (size_t i = 0; i < rows; ++i) {
            left[i] = l[i];
            right[i] = r[i];
        }
    }
};

/// Calls `body` with the number of rows as a constant.
template <size_t rows = block, class Body>
inline void with_rows(size_t wanted, const Body &body) {
    if constexpr (rows == 1) {
        body(std::integral_constant<size_t, 1>());
    } else if (wanted == rows) {
        body(std::integral_constant<size_t, rows>());
    } else {
        with_rows<rows - 1>(wanted, body);
    }
}

/// Writes the first `count` numbers of a vector.
inline void store_some(float *p, Vector v, size_t count) {
    for (size_t i = 0; i < count; ++i) p[i] = v[i];
}

inline Vector load_some(const float *p, size_t count) {
    Vector v = {};
    for (size_t i = 0; i < count; ++i) v[i] = p[i];
    return v;
}

inline Vector finished(Vector v, encoder_output output) { return output == ENCODER_GELU ? gelu(v) : v; }

/// Writes one vector of a row, `count` numbers of it, as the output asks.
inline void write(float *y, Vector v, encoder_output output, size_t count) {
    if (count >= lanes) {
        store(y, output == ENCODER_ADD ? v + load(y) : finished(v, output));
    } else if (count > 0) {
        store_some(y, output == ENCODER_ADD ? v + load_some(y, count) : finished(v, output), count);
    }
}

/// One tile of a linear map: `rows` rows by up to `panel` outputs.
template <size_t rows>
[[gnu::noinline]] void linear_tile(const float *columns, const float *bias, size_t inputs, size_t outputs, size_t width,
                        const float *x, encoder_output output, float *y) {
    Tile<rows> tile;
    tile.multiply(x, inputs, columns, panel, inputs);
    const Vector a = load(bias), b = load(bias + lanes);
    for (size_t i = 0; i < rows; ++i) {
        write(y + i * outputs, tile.left[i] + a, output, width);
        write(y + i * outputs + lanes, tile.right[i] + b, output, width > lanes ? width - lanes : 0);
    }
}

/// Rows in groups whose numbers stay in the cache while the weights go by; blocks of a group are of like size.
void linear(const float *packed, const float *bias, size_t inputs, size_t outputs, const float *x, size_t rows,
            encoder_output output, float *y) {
    const size_t room = std::max<size_t>(cache_floats / inputs / block, 1) * block;
    for (size_t first = 0; first < rows; first += room) {
        const size_t last = std::min(rows, first + room), blocks = (last - first + block - 1) / block;
        for (size_t column = 0; column < outputs; column += panel) {
            const float *columns = packed + column * inputs;
            for (size_t number = 0; number < blocks; ++number) {
                const size_t row = first + (last - first) * number / blocks;
                const size_t end = first + (last - first) * (number + 1) / blocks;
                with_rows(end - row, [&](auto count) {
                    linear_tile<count>(columns, bias + column, inputs, outputs, outputs - column,
                                       x + row * inputs, output, y + row * outputs + column);
                });
            }
        }
    }
}

/// Copies a head's columns into panels, with zeros where the last one is not full: (tokens, size) in rows
/// `stride` apart -> panels of (tokens, panel).
inline void pack_values(const float *value, size_t tokens, size_t stride, size_t size, float *packed) {
    for (size_t column = 0; column < size; column += panel) {
        const size_t width = std::min(panel, size - column);
        for (size_t token = 0; token < tokens; ++token, packed += panel) {
            std::fill(std::copy_n(value + token * stride + column, width, packed), packed + panel, 0.0f);
        }
    }
}

/// The same, transposed: (tokens, size) -> panels of (size, panel), one column a token.
inline void pack_keys(const float *key, size_t tokens, size_t stride, size_t size, float *packed) {
    for (size_t token = 0; token < tokens; token += panel, packed += size * panel) {
        const size_t width = std::min(panel, tokens - token);
        for (size_t i = 0; i < size; ++i) {
            for (size_t j = 0; j < panel; ++j) {
                packed[i * panel + j] = j < width ? key[(token + j) * stride + i] : 0.0f;
            }
        }
    }
}

/// Softmax of one row of scores times `factor`; `count` of them, and room up to the next whole vector.
inline void softmax(float *x, size_t count, float factor) {
    const size_t end = rounded_up(count, lanes);
    std::fill(x + count, x + end, -INFINITY);
    Vector top = load(x);
    for (size_t i = lanes; i < end; i += lanes) top = larger(load(x + i), top);
    const float most = largest(top);
    Vector total = {};
    for (size_t i = 0; i < end; i += lanes) {
        const Vector e = exponential((load(x + i) - most) * factor);
        store(x + i, e);
        total += e;
    }
    for (size_t i = count; i < end; ++i) total[i % lanes] -= x[i];
    const float scale = 1.0f / sum(total);
    for (size_t i = 0; i < end; i += lanes) store(x + i, load(x + i) * scale);
}

/// `rows` queries of a head against its packed keys and values.
template <size_t rows>
[[gnu::noinline]] void attend_block(const float *query, size_t stride, const float *keys, const float *values, size_t tokens,
                         size_t size, float *scores, float *context, size_t hidden) {
    const size_t wide = rounded_up(tokens, panel);
    Tile<rows> tile;
    for (size_t column = 0; column < wide; column += panel) {
        tile.multiply(query, stride, keys + column * size, panel, size);
        for (size_t i = 0; i < rows; ++i) {
            store(scores + i * wide + column, tile.left[i]);
            store(scores + i * wide + column + lanes, tile.right[i]);
        }
    }
    for (size_t i = 0; i < rows; ++i) softmax(scores + i * wide, tokens, 1.0f / std::sqrt(float(size)));
    for (size_t column = 0; column < size; column += panel) {
        tile.multiply(scores, wide, values + column * tokens, panel, tokens);
        for (size_t i = 0; i < rows; ++i) {
            const size_t width = size - column;
            write(context + i * hidden + column, tile.left[i], ENCODER_STORE, width);
            write(context + i * hidden + column + lanes, tile.right[i], ENCODER_STORE,
                  width > lanes ? width - lanes : 0);
        }
    }
}

void attend(const float *query, size_t tokens, size_t hidden, size_t size, float *scratch, float *context) {
    float *keys = scratch, *values = keys + rounded_up(tokens, panel) * size;
    float *scores = values + rounded_up(size, panel) * tokens;
    pack_keys(query + hidden, tokens, 3 * hidden, size, keys);
    pack_values(query + 2 * hidden, tokens, 3 * hidden, size, values);
    const size_t blocks = (tokens + block - 1) / block;
    for (size_t number = 0; number < blocks; ++number) {
        const size_t row = tokens * number / blocks, end = tokens * (number + 1) / blocks;
        with_rows(end - row, [&](auto count) {
            attend_block<count>(query + row * 3 * hidden, 3 * hidden, keys, values, tokens, size, scores,
                                context + row * hidden, hidden);
        });
    }
}

void normalise(float *x, size_t rows, size_t count, const float *weight, const float *bias, float epsilon) {
    const size_t whole = count - count % lanes;
    for (float *row = x; row < x + rows * count; row += count) {
        Vector total = load_some(row + whole, count - whole);
        for (size_t i = 0; i < whole; i += lanes) total += load(row + i);
        const float mean = sum(total) / float(count);
        Vector squares = {};
        for (size_t i = 0; i < whole; i += lanes) {
            const Vector distance = load(row + i) - mean;
            squares += distance * distance;
        }
        float variance = sum(squares);
        for (size_t i = whole; i < count; ++i) variance += (row[i] - mean) * (row[i] - mean);
        const float factor = 1.0f / std::sqrt(variance / float(count) + epsilon);
        for (size_t i = 0; i < whole; i += lanes) {
            store(row + i, (load(row + i) - mean) * factor * load(weight + i) + load(bias + i));
        }
        for (size_t i = whole; i < count; ++i) row[i] = (row[i] - mean) * factor * weight[i] + bias[i];
    }
}

static_assert(panel <= widest_panel && block <= widest_block, "scratch memory has room for the widest");

constexpr Kernels kernels = {panel, linear, attend, normalise};
