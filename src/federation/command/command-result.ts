// The result of a command. Exit codes: 0 success, 1 findings or a refusal, 2 the question could not be answered.

export interface CommandResult {
  readonly code: 0 | 1 | 2
  readonly out: string
  readonly err: string
}

export const result = (code: 0 | 1, out: string): CommandResult => ({ code, out, err: '' })

/** External text as one line without control characters, at most 500 characters. */
export const singleLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500)
