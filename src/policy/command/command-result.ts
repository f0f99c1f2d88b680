// The result of a command. Exit codes: 0 success, 1 findings or a deny, 2 wrong usage.

export interface CommandResult {
  readonly code: 0 | 1 | 2
  readonly out: string
  readonly err: string
}

export const result = (code: 0 | 1, out: string): CommandResult => ({ code, out, err: '' })

/** Wrong usage of a command. The message is printed as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Formats a fault as compilers do (`role.json:4:17: error: …`), so that editors and CI can link to the line. */
export function formatFault(
  file: string,
  { line, column }: { readonly line: number; readonly column: number },
  severity: string,
  message: string,
): string {
  return `${file}:${line}:${column}: ${severity}: ${message}`
}
