import Foundation

/// Why a file cannot be used, in a few words and without a full stop, for the middle of a sentence.
package func reason(_ error: any Error) -> String {
    let error = innermost(error)
    if (error as NSError).domain == NSPOSIXErrorDomain { return reason(code: Int32((error as NSError).code)) }
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile?, .fileReadNoSuchFile?: return reason(code: ENOENT)
    case .fileReadNoPermission?, .fileWriteNoPermission?: return reason(code: EACCES)
    case .fileWriteVolumeReadOnly?: return reason(code: EROFS)
    case .fileWriteOutOfSpace?: return reason(code: ENOSPC)
    default:
        let text = error.localizedDescription
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// What `errno` says, in the words of this program.
private func reason(code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission is missing"
    case EROFS: "the disk is read-only"
    case ENOSPC, EDQUOT: "the disk is full"
    default: String(cString: strerror(code)).lowercased()
    }
}

/// The error that an error stands for, which the system gave: Foundation wraps it once or twice.
private func innermost(_ error: any Error) -> any Error {
    ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map(innermost) ?? error
}
