// What a command leaves behind. Exit codes: 0 fine, 1 findings or a deny, 2 the question could not be asked.

export interface Outcome {
  readonly code: 0 | 1 | 2
  readonly out: string
  readonly err: string
}

export const said = (code: 0 | 1, out: string): Outcome => ({ code, out, err: '' })
export const unasked = (err: string): Outcome => ({ code: 2, out: '', err })

/** A question that cannot be asked. The message is printed as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `role.json:4:17: error: …`, as compilers write, so that editors and CI find the place. */
export function placed(
  file: string,
  { line, column }: { readonly line: number; readonly column: number },
  severity: string,
  message: string,
): string {
  return `${file}:${line}:${column}: ${severity}: ${message}`
}
