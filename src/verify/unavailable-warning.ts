// What a service that gave no `onUnavailable` reads on its standard error. The caller of the service is told only that the issuer
// did not answer; whoever runs the service must read why, which is mostly a key or permission of its own.
import type { Problem } from '../problem.ts'

/** Seconds for which the same sentence is not repeated. */
const pause = 60
/** Sentences remembered; details may hold text of the issuer. */
const most = 100

export function unavailableWarning(
  clock: () => number,
  emit: (text: string) => void = (text) => process.emitWarning(text, 'ChanceryVerifyWarning'),
): (problem: Problem) => void {
  const saidAt = new Map<string, number>()
  return (problem) => {
    const text = `a request was answered with 503: ${sentenceOf(problem)}`
    const now = clock()
    if (now - (saidAt.get(text) ?? Number.NEGATIVE_INFINITY) < pause) return
    if (saidAt.size >= most) saidAt.clear()
    saidAt.set(text, now)
    emit(text)
  }
}

function sentenceOf({ message, detail, cause }: Problem): string {
  if (detail !== undefined) return `${message} (${detail})`
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause
  if (inner === undefined) return message
  return `${message} (${inner instanceof Error ? inner.message.trim() : String(inner)})`
}
