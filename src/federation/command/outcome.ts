// What a command leaves behind. Exit codes: 0 fine, 1 findings or a refusal, 2 the question could not be asked.

export interface Outcome {
  readonly code: 0 | 1 | 2
  readonly out: string
  readonly err: string
}

export const said = (code: 0 | 1, out: string): Outcome => ({ code, out, err: '' })
export const unasked = (err: string): Outcome => ({ code: 2, out: '', err })

/** What others wrote, in one line that moves no cursor. */
export const shown = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500)
