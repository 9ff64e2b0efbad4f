package import Foundation
import Matinee

/// A training job at a server, as its API gives it.
package struct FineTuningJob: Sendable, Equatable, Codable {
    /// Why a job failed.
    package struct Failure: Sendable, Equatable, Codable {
        package var message: String?
    }

    package var id: String
    /// `validating_files`, `queued`, `running`, `succeeded`, `failed`, `cancelled`, or what the server has besides.
    package var status: String
    package var model: String
    /// The name of the trained model, once it is there.
    package var fine_tuned_model: String?
    package var training_file: String?
    package var validation_file: String?
    /// Seconds since 1970.
    package var created_at: Int?
    package var finished_at: Int?
    package var estimated_finish: Int?
    package var trained_tokens: Int?
    package var error: Failure?
    package var metadata: [String: String]?

    /// Whether nothing more will happen.
    package var isOver: Bool { ["succeeded", "failed", "cancelled"].contains(status) }
    /// Whether it ended without a model.
    package var isLost: Bool { status == "failed" || status == "cancelled" }
}

/// Something that happened to a job.
package struct FineTuningEvent: Sendable, Equatable, Codable {
    package var id: String
    /// Seconds since 1970.
    package var created_at: Int
    package var level: String?
    package var message: String
}

/// What is to be trained.
package struct FineTuningPlan: Sendable, Equatable {
    package var training: URL
    package var validation: URL?
    package var model: String
    /// What the trained model's name ends with, at most 64 characters.
    package var suffix: String
    package var seed: Int
    package var epochs: Int

    package init(training: URL, validation: URL?, model: String, suffix: String, seed: Int, epochs: Int) {
        (self.training, self.validation, self.model) = (training, validation, model)
        (self.suffix, self.seed, self.epochs) = (suffix, seed, epochs)
    }

    /// The model that is trained where none is named.
    package static let standardModel = "gpt-4o-mini-2024-07-18"

    /// What a server's closing of a model's fine-tuning means, or `nil`; only for models of OpenAI's.
    package static func closing(of model: String) -> String? {
        guard model.hasPrefix("gpt-4o-mini") else { return nil }
        return """
            OpenAI is closing the fine-tuning of gpt-4o-mini: organisations that have not fine-tuned before cannot start \
            jobs since 2026-05-07, nobody can from 2027-01-06, and gpt-4o-mini-2024-07-18 and every model trained of it \
            shut down on 2027-01-14. `matinee train preference` trains a model of your own that nobody shuts down.
            """
    }
}

/// Why a job cannot be started, followed or ended.
package enum FineTuningError: Error, Equatable, CustomStringConvertible {
    case refused(status: Int, String)
    case unreachable(String)
    case missing(String, String)
    case unreadable(String)
    case unknownJob(String)
    case notDone(String, status: String)
    case unwritable(String, String)
    case tooLarge(String)

    package var description: String {
        switch self {
        case .refused(let status, let words):
            "The server refused with status \(status): \(printable(words)). Nothing more was done."
        case .unreachable(let why):
            "The server cannot be asked: \(why). Type the same again; a job that was started is found, not paid twice."
        case .missing(let file, let why):
            "\(printable(file)) cannot be read: \(why). Run `matinee finetune prepare` first."
        case .unreadable(let what): "The server's answer is not what the API documents: \(what)."
        case .unknownJob(let id):
            "No job \(printable(id)) is known here. `matinee finetune list` shows those that are."
        case .notDone(let id, let status):
            "The job \(printable(id)) is \(printable(status)) and has no model. `matinee finetune status` follows it."
        case .unwritable(let file, let why):
            "The list of jobs \(file) cannot be written: \(why). Make room, or name another folder with --data."
        case .tooLarge(let file):
            "\(printable(file)) has more than 512 MB, the most that can be uploaded. Prepare with a smaller --per-member."
        }
    }
}
