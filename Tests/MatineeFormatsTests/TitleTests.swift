import Foundation
import MatineeFormats
import Testing
