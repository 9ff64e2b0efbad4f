import Foundation

/// How values of an axis become places on the paper, and where its ticks stand.
struct PlotScale {
    private(set) var low: Double
    private(set) var high: Double
    private(set) var ticks: [Double] = []
    private let isLogarithmic: Bool
    private let pixels: (from: Double, to: Double)
    private var tickDigits = 0

    /// - Parameters:
    ///   - values: what is drawn; what is not finite, or not above 0 on a logarithmic axis, is left out.
    ///   - pixels: where the axis begins and ends.
    init(_ axis: PlotAxis, of values: [Double], pixels: (from: Double, to: Double)) {
        self.pixels = pixels
        isLogarithmic = axis.isLogarithmic
        let wanted = [axis.low, axis.high].compactMap(\.self) + values
        let usable = wanted.filter { value in
            value.isFinite && abs(value) < 1e15 && (!axis.isLogarithmic || value > 1e-9)
        }
        (low, high) = (usable.min() ?? (axis.isLogarithmic ? 1 : 0), usable.max() ?? 1)
        if isLogarithmic { tickByFactors() } else { tickBySteps(axis) }
    }

    /// Ticks at the powers of ten, and at 2 and 5 times them where the axis is short.
    private mutating func tickByFactors() {
        (low, high) = (pow(10, floor(log10(low) * 3) / 3), pow(10, ceil(log10(high) * 3) / 3))
        if low >= high { (low, high) = (low / 2, low * 2) }
        let factors: [Double] = log10(high / low) > 2.5 ? [1] : [1, 2, 5]
        for power in Int(floor(log10(low)))...Int(ceil(log10(high))) {
            let ten: Double = pow(10, Double(power))
            ticks += factors.map { $0 * ten }.filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
        }
    }

    private mutating func tickBySteps(_ axis: PlotAxis) {
        if high - low < 1e-12 {
            let reach = max(0.5, abs(low) / 2)
            (low, high) = (low - reach, high + reach)
        }
        let step = axis.isWhole ? max(1, step(of: high - low)) : step(of: high - low)
        if axis.low != low { low = floor(low / step + 1e-9) * step }
        if axis.high != high { high = ceil(high / step - 1e-9) * step }
        let first = (low / step - 1e-9).rounded(.up), last = (high / step + 1e-9).rounded(.down)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        tickDigits = max(0, -Int(floor(log10(step) + 1e-9)))
    }

    /// The room that a tick takes up, in pixels.
    private static let tickRoom = 58.0

    /// A step of 1, 2 or 5 times a power of ten that leaves room for the ticks' numbers (Heckbert 1990).
    private func step(of span: Double) -> Double {
        let rough = span / min(6, max(2, abs(pixels.to - pixels.from) / Self.tickRoom)),
            power: Double = pow(10, floor(log10(rough))), share = rough / power
        let factor: Double = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10
        return factor * power
    }

    /// Where a value lies; beyond the ends of the axis, just outside.
    func place(_ value: Double) -> Double {
        let share =
            isLogarithmic ? log(max(value, low / 10) / low) / log(high / low) : (value - low) / (high - low)
        return pixels.from + min(1.02, max(-0.02, share)) * (pixels.to - pixels.from)
    }

    func label(_ tick: Double) -> String {
        guard isLogarithmic else { return decimal(tick, digits: tickDigits) }
        return decimal(tick, digits: tick < 1 ? Int(ceil(-log10(tick) - 1e-9)) : 0)
    }
}
