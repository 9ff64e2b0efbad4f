import Foundation
import Matinee

extension ReportFact {
    /// A file that was read, with its checksum.
    package static func file(_ name: String, _ path: String, sha256: String) -> ReportFact {
        ReportFact(
            name,
            "\(path == "-" ? "standard input" : URL(filePath: path).lastPathComponent), SHA-256 \(sha256.prefix(16))…"
        )
    }

    /// The machine: processor, cores, memory, system.
    package static var machine: ReportFact {
        let process = ProcessInfo.processInfo
        let memory = Double(process.physicalMemory) / 1_073_741_824
        let parts = [
            processor, "\(process.activeProcessorCount) cores", String(format: "%.0f GiB", memory),
            process.operatingSystemVersionString,
        ]
        return ReportFact("machine", parts.compactMap(\.self).joined(separator: ", "))
    }

    /// When, in UTC to the second.
    package static var now: ReportFact {
        ReportFact("date", Date.now.formatted(.iso8601))
    }

    private static var processor: String? {
        let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
