// `chancery policy test`: the tests kept with a policy, or those of a file, asked of a document.

import { describeTest, type PolicyTest, parseTests, runTests } from '../engine/policy-tests.ts'
import { explanationText } from '../engine/report.ts'
import { parseDocument } from '../language/document.ts'
import { type CommandResult, formatFault, result, UsageError } from './command-result.ts'
import type { PolicyFile } from './files.ts'

/** The account of tests that name no principal. */
export const exampleAccount = '111122223333'

/** Tests of a file: JSON, a list of tests or an object with `tests`. @throws UsageError with every fault */
export function testsOfFile({ name, text }: PolicyFile): readonly PolicyTest[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${name}: not JSON: ${error instanceof Error ? error.message : ''}`)
  }
  const { tests, faults } = parseTests(value)
  if (tests !== undefined) return tests
  throw new UsageError(
    faults
      .map(({ test, member, message }) =>
        [
          `${name}:`,
          test === undefined ? '' : `test ${test + 1}:`,
          member === undefined ? '' : `\`${member}\``,
          message,
        ]
          .filter(Boolean)
          .join(' '),
      )
      .join('\n'),
  )
}

interface TestOptions {
  /** Of tests that name no principal. */
  readonly accountId: string
  readonly json: boolean
}

/** Prints the tests that fail, each with its explanation. Exit code 1 when one fails. @throws UsageError */
export function testFile(
  { name, text }: PolicyFile,
  tests: readonly PolicyTest[],
  { accountId, json }: TestOptions,
): CommandResult {
  const { faults } = parseDocument(text, 'identity')
  if (faults.length > 0)
    throw new UsageError(faults.map((fault) => formatFault(name, fault, 'error', fault.message)).join('\n'))
  const results = runTests(text, tests, { accountId, name })
  const failing = results.filter(({ passes }) => !passes)
  const code = failing.length === 0 ? 0 : 1
  if (json)
    return result(
      code,
      JSON.stringify(
        results.map(({ test, passes, explanation: { effect, reason, layers, conditions, missing } }) => ({
          test,
          passes,
          effect,
          reason,
          layers,
          conditions,
          missing,
        })),
        null,
        2,
      ),
    )
  const lines = results.map(
    ({ test, passes }) => `${passes ? 'pass' : 'FAIL'}  ${describeTest(test).replaceAll('`', '')}`,
  )
  return result(
    code,
    [
      ...lines,
      ...failing.map(({ request, explanation }) => `\n${explanationText(request, explanation)}`),
      failing.length === 0 ? `all ${results.length} pass` : `\n${failing.length} of ${results.length} fail`,
    ].join('\n'),
  )
}
