// The result of one check of `chancery doctor`, as a line of text and as data.
import { isProblem, Problem } from '../../problem.ts'

export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warn' | 'fail'
  readonly message: string
  /** What to do; absent when nothing has to be done. */
  readonly remedy?: string
}

export const ok = (check: string, message: string): Finding => ({ check, status: 'ok', message })
export const warn = (check: string, message: string, remedy: string): Finding => ({
  check,
  status: 'warn',
  message,
  remedy,
})
export const fail = (check: string, message: string, remedy: string): Finding => ({
  check,
  status: 'fail',
  message,
  remedy,
})

/** The findings of a check; what it throws is a failure with the remedy given here. */
export async function findingsOf(
  check: string,
  remedy: string,
  work: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await work()
  } catch (error) {
    return [fail(check, messageOf(error), remedy)]
  }
}

function messageOf(error: unknown): string {
  if (isProblem(error, 'idp_communication_error')) return error.detail ?? error.message
  if (error instanceof Problem) return error.message
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}

/** `ok    check   message`, with the remedy on a line of its own. */
export const lineOf = ({ check, status, message, remedy }: Finding): string =>
  [
    `${status.padEnd(5)} ${check.padEnd(13)} ${message.replace(/\p{Cc}+/gu, ' ')}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(20)}→ ${remedy}`]),
  ].join('\n')
