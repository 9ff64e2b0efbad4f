// Why the scan of codes finds exactly what a scan of the rows finds
// -----------------------------------------------------------------
// The answer. For the query q and a row x let D(x) be the inner product as `Kernels::dot` sums it in double,
// and fl the rounding to float32. The score is F(x) = fl(D(x)). Rows are ordered by F, higher first, and
// those of equal F by number, lower first. No two rows are equal in that order, so the first k of the allowed
// rows are one definite list.
//
// 1. The bound, in real numbers. A row is x = s (c + e): s > 0 its scale, c its codes, e the rest. The query
// is q = t p + r: t its scale, p its codes, r the rest. So
//
//     <q, x> = s (t <p, c> + <r, c> + <q, e>)
//     |<q, x> - s t <p, c>| <= s (|r| |c| + |q| |e|)                             by Cauchy and Schwarz.
//
// This holds whatever the codes are; how they were rounded only makes the bound wider or narrower.
//
// 2. Integers. <p, c> is exact. |p_j| <= 8191 and |c_j| <= 127, so the products of up to 2048 columns, or any
// of them, sum to less than 2^31 (asserted in kernels.hpp), in whatever order and whatever lanes. The sums of
// such segments are added in double, which is exact up to 2^53, or 8 * 10^9 columns.
//
// 3. Rounding. Let u = 2^-53 and d the dimension, less than 2^40. In double nothing here overflows or becomes
// subnormal: every number is a float32, or a product of at most four of them, or a sum of such. Errors, to
// first order in u:
//   a. RowBound. s c_j is exact (31 bits), so x_j - s c_j is rounded once, relative to itself; then come a
//      square, a sum of d terms >= 0, a root, a quotient: less than (d + 8) u in all. `rest` and `length`
//      were raised by (d + 16) 2u and then to a higher float32. So E = rest >= |e| and C = length >= |c|, and
//      |x| <= s (C + E).
//   b. CodedQuery. `length` is |q| within (d + 4) u |q|. No number is farther from its code than from 0, but
//      for rounding, so |r| <= |q| and |t p| <= 2 |q|. t p_j and q_j - t p_j are rounded, so `rest` is |r|
//      within (d + 4) u |r| + 2 u |t p| <= (d + 8) u |q|.
//   c. D(x). The products are exact and at most d additions follow:
//      |D(x) - <q, x>| <= d u |q| |x| <= d u |q| s (C + E).
//   d. The scan computes s (m +- w), m = t <p, c>, w = A C + B E. A term passes through at most six
//      roundings, A and B included: an error of less than 6u s (|m| + w), where |m| <= |t p| |c| <= 2 |q| C
//      and w <= |q| (C + E).
//   The sum of a to d is at most s |q| (C + E) times ((d + 8) + d + 18) u = (2d + 26) u. So with, of the
//   CodedQuery,
//
//     g = (d + 64) 4u,   A = rest + g length,   B = length + g length
//
//   w is larger than the bound of step 1 by g |q| (C + E), twice that sum and more; what is left over is far
//   above the terms of second order. Hence low <= D(x) <= up for low = s (m - w) and up = s (m + w), as
//   computed.
//
// 4. To float32. Rounding is monotone, also to infinity: a <= b gives fl(a) <= fl(b). So with U = fl(up) and
// L = fl(low), L(x) <= F(x) <= U(x).
//
// 5. The scan. Rows come by rising number. Let T be the k-th highest L so far, once there are k. A row is
// passed over if its U <= T: then k rows before it have F >= L >= T >= U >= its F and lower numbers, so all
// of them go before it. No row of the answer is passed over; what is not passed over is a candidate.
//
// 6. The rescoring takes candidates by falling U, equal ones by rising number, and keeps the best k by F and
// number. Say k are kept, the last of them (F', n'), and the next candidate (U, n) does not go before it:
// U < F', or U = F' and n > n'. Neither then does its score, as F <= U; nor does any candidate after it,
// whose U is lower, or equal with a higher number. So the k kept are the answer.
//
// Assumed: IEEE 754, rounding to nearest, subnormal numbers kept, and no compiler option (-ffast-math) that
// gives these up. A fused multiply-add rounds less often, so it changes nothing.

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "exact_index.hpp"
#include "neighbors.hpp"

namespace matinee {
namespace {

static_assert(std::numeric_limits<float>::is_iec559 && std::numeric_limits<double>::is_iec559, "");

using Neighbor = vector_search_neighbor;

/// The highest `limit` (at least 1) of the numbers seen; the lowest of these is the T of step 5.
class Highest {
public:
    explicit Highest(size_t limit) : limit_(limit) {}

    /// Whether there are `limit` numbers and none of them is lower.
    bool are_above(float number) const { return is_full() && number <= kept_.front(); }

    void add(float number) {
        if (are_above(number)) return;
        if (is_full()) {
            std::pop_heap(kept_.begin(), kept_.end(), std::greater<float>());
            kept_.pop_back();
        }
        kept_.push_back(number);
        std::push_heap(kept_.begin(), kept_.end(), std::greater<float>());
    }

private:
    bool is_full() const { return kept_.size() == limit_; }

    size_t limit_;
    std::vector<float> kept_;  // a heap, the lowest in front
};

/// Step 5: the rows that may be among the best, with their U for a score, by rising number.
std::vector<Neighbor> candidates(const exact_index &index, const float *query, size_t limit,
                                 const uint64_t *allowed) {
    const CodedQuery coded = code_query(query, index.dimension, index.stride);
    const double slack = double(index.dimension + 64) * 2 * std::numeric_limits<double>::epsilon();  // g
    const double per_length = coded.rest + slack * coded.length;                                     // A
    const double per_rest = coded.length + slack * coded.length;                                     // B

    std::vector<Neighbor> result;
    Highest lows(limit);
    AllowedRows rows(allowed, index.count);
    constexpr size_t batch = 256;
    size_t numbers[batch + rows_ahead];
    double dots[batch];
    for (size_t known = 0;;) {
        known += rows.take(numbers + known, batch + rows_ahead - known);
        if (known == 0) return result;
        const size_t count = std::min(known, batch);
        index.kernels.code_dots(coded.codes.get(), index.codes.get(), index.stride, numbers, count, known,
                                dots);
        for (size_t i = 0; i < count; i++) {
            const RowBound &bound = index.bounds[numbers[i]];
            const double middle = coded.scale * dots[i];
            const double width = per_length * bound.length + per_rest * bound.rest;
            const float up = float(bound.scale * (middle + width));
            if (lows.are_above(up)) continue;
            lows.add(float(bound.scale * (middle - width)));
            result.push_back({numbers[i], up});
        }
        known -= count;
        std::copy_n(numbers + count, known, numbers);
    }
}

}  // namespace

CodedQuery code_query(const float *query, size_t dimension, size_t stride) {
    CodedQuery coded = {aligned<int16_t>(stride), 0, 0, 0};
    std::fill_n(coded.codes.get(), stride, int16_t(0));
    double most = 0;
    for (size_t j = 0; j < dimension; j++) most = std::max(most, std::fabs(double(query[j])));
    if (most == 0) return coded;
    coded.scale = most / query_code_limit;
    double rest = 0, length = 0;
    for (size_t j = 0; j < dimension; j++) {
        const double number = query[j];
        coded.codes[j] = int16_t(std::lrint(number / coded.scale));
        const double left = number - coded.scale * coded.codes[j];
        rest += left * left;
        length += number * number;
    }
    coded.rest = std::sqrt(rest);
    coded.length = std::sqrt(length);
    return coded;
}

/// Step 6.
size_t search(const exact_index &index, const float *query, size_t limit, const uint64_t *allowed,
              Neighbor *found) {
    std::vector<Neighbor> left = candidates(index, query, limit, allowed);
    std::make_heap(left.begin(), left.end(), goes_after);  // the first of those left is in front
    size_t count = 0;
    while (!left.empty()) {
        if (count == limit && !goes_before(left.front(), found[0])) break;  // in front is the last found
        const size_t row = left.front().row;
        const Neighbor next = {row, index.kernels.dot(query, index.row(row), index.dimension)};
        std::pop_heap(left.begin(), left.end(), goes_after);
        left.pop_back();
        if (count < limit) {
            found[count++] = next;
        } else if (goes_before(next, found[0])) {
            std::pop_heap(found, found + count, goes_before);
            found[count - 1] = next;
        } else {
            continue;
        }
        std::push_heap(found, found + count, goes_before);
    }
    std::sort_heap(found, found + count, goes_before);
    return count;
}

}  // namespace matinee
