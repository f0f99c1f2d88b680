// Tests of one policy document: requests with the answer that the document alone, as an identity policy, must give. They are
// kept with managed policies, and `chancery policy test` runs them over files.
import { accountOf } from '../language/arn.ts'
import { type Context, contextOf, type Request } from '../request.ts'
import { compile, policySet } from './compile.ts'
import { type Explanation, explain } from './decide.ts'
import { principalForms, principalKeys, principalOfArn } from './principal-of-arn.ts'

export interface PolicyTest {
  /** ARN of a user, role or session, for instance; absent: a user `example` of the account. */
  readonly principal?: string | undefined
  /** `service:Action`, without wildcards. */
  readonly action: string
  readonly resource: string
  /** Condition keys. The time is not among them unless it is given: a test answers the same on every day. */
  readonly context?: Readonly<Record<string, string | readonly string[]>> | undefined
  readonly expect: 'allow' | 'deny'
}

/** The most tests of one policy. */
export const mostTests = 100
/** The most bytes of all tests of one policy, as JSON. */
export const mostTestBytes = 32_768
/** Characters of one value. */
const longestValue = 2048
/** Condition keys of one test, and values of one key. */
const mostEntries = 50

export interface TestFault {
  /** Position in the list, from 0; undefined: of the whole list. */
  readonly test: number | undefined
  readonly member: keyof PolicyTest | undefined
  /** Lower case, no full stop. */
  readonly message: string
}

export type ParsedTests =
  | { readonly tests: readonly PolicyTest[]; readonly faults?: undefined }
  | { readonly tests?: undefined; readonly faults: readonly TestFault[] }

/** Checks a value that was parsed from JSON: a list of tests, or an object that has one as `tests`. Never throws. */
export function parseTests(value: unknown): ParsedTests {
  const list = isObject(value) ? value['tests'] : value
  if (!Array.isArray(list)) return ofList('expected a list of tests, or an object with `tests`')
  if (list.length > mostTests) return ofList(`a policy has at most ${mostTests} tests`)
  const faults = list.flatMap((one, at) => faultsOfTest(one).map((fault) => ({ ...fault, test: at })))
  if (faults.length > 0) return { faults }
  const tests = (list as readonly PolicyTest[]).map(normalized)
  if (new TextEncoder().encode(JSON.stringify(tests)).length > mostTestBytes)
    return ofList(`the tests of a policy have at most ${mostTestBytes} bytes`)
  return { tests }
}

const ofList = (message: string): ParsedTests => ({
  faults: [{ test: undefined, member: undefined, message }],
})

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const members: ReadonlySet<string> = new Set(['principal', 'action', 'resource', 'context', 'expect'])

function faultsOfTest(value: unknown): Omit<TestFault, 'test'>[] {
  if (!isObject(value)) return [{ member: undefined, message: 'a test is an object' }]
  const faults: Omit<TestFault, 'test'>[] = Object.keys(value)
    .filter((name) => !members.has(name))
    .map((name) => ({ member: undefined, message: `a test has no member \`${name.slice(0, 64)}\`` }))
  const fault = (member: keyof PolicyTest, message: string) => faults.push({ member, message })
  const { principal, action, resource, context, expect } = value
  if (!isText(action) || !/^[^\s:*?]+:[^\s*?]+$/.test(action))
    fault('action', 'must have the form `service:Action`, without wildcards')
  if (!isText(resource) || resource.trim() === '')
    fault('resource', `must be 1 to ${longestValue} characters: an ARN, or \`*\``)
  if (principal !== undefined && (!isText(principal) || principalOfArn(principal) === undefined))
    fault('principal', `must be ${principalForms}`)
  if (context !== undefined && !isContext(context))
    fault(
      'context',
      `must be an object of at most ${mostEntries} condition keys with texts or lists of texts`,
    )
  if (expect !== 'allow' && expect !== 'deny') fault('expect', 'must be `allow` or `deny`')
  return faults
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longestValue

const isContext = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).length <= mostEntries &&
  Object.entries(value).every(
    ([key, one]) =>
      key.trim() !== '' &&
      isText(key) &&
      (isText(one) || (Array.isArray(one) && one.length <= mostEntries && one.every(isText))),
  )

/** One order of members, and none that is empty. */
const normalized = ({ principal, action, resource, context, expect }: PolicyTest): PolicyTest => ({
  ...(principal !== undefined && { principal }),
  action,
  resource,
  ...(context !== undefined && Object.keys(context).length > 0 && { context }),
  expect,
})

/**
 * The request of a test.
 * @param accountId of the user who asks in a test without principal
 * @throws TypeError for a principal that parseTests does not accept
 */
export function requestOfTest(
  { principal, action, resource, context }: PolicyTest,
  accountId: string,
): Request {
  const who = principalOfArn(principal ?? `arn:aws:iam::${accountId}:user/example`)
  if (who === undefined) throw new TypeError('not the principal of a test')
  const given: Context = contextOf(Object.entries(context ?? {}))
  return {
    principal: who,
    action,
    resource,
    resourceAccount: accountOf(resource),
    context: new Map([...principalKeys(who), ...given]),
  }
}

export interface TestResult {
  readonly test: PolicyTest
  readonly request: Request
  readonly passes: boolean
  readonly explanation: Explanation
}

/**
 * Asks the document every question, in order.
 * @param name of the document, in explanations
 * @throws Problem('malformed_policy')
 */
export function runTests(
  document: string,
  tests: readonly PolicyTest[],
  { accountId, name = 'this document' }: { readonly accountId: string; readonly name?: string },
): readonly TestResult[] {
  const layers = { identity: policySet([compile(document, 'identity', name)]) }
  return tests.map((test) => {
    const request = requestOfTest(test, accountId)
    const explanation = explain(request, layers)
    return { test, request, passes: explanation.effect === test.expect, explanation }
  })
}

/** A test in words, with names in backticks. */
export function describeTest({ principal, action, resource, context, expect }: PolicyTest): string {
  const keys = Object.entries(context ?? {}).map(
    ([key, value]) =>
      `\`${key}\` = ${
        [value]
          .flat()
          .map((one) => `\`${one}\``)
          .join(' and ') || 'none'
      }`,
  )
  return [
    `\`${action}\` on \`${resource}\``,
    ...(principal === undefined ? [] : [`by \`${principal}\``]),
    ...(keys.length === 0 ? [] : [`with ${keys.join(', ')}`]),
    `is ${expect === 'allow' ? 'allowed' : 'denied'}`,
  ].join(' ')
}
