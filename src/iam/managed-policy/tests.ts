// Tests kept with managed policies: questions with the answer that the document alone must give. Whoever saves document and tests
// together (the console) is refused while one fails; a change over the AWS protocol, which does not know of tests, is not.
import { type PolicyTest, parseTests, runTests, type TestResult } from '../../policy/engine/policy-tests.ts'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { KeptPolicyTest, Policy } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, policyArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import { defaultVersionDocument } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'

/** The permission to change the tests of a policy, also together with its document. */
export const setTestsAction = 'chancery:UpdatePolicyTests'

/** Identifies what is in force and its tests together: a form that was opened with another one is stale. */
export const testedVersion = ({ id, defaultVersion, tests = [] }: Policy): string =>
  sha256base64url(JSON.stringify([id, defaultVersion, tests])).slice(0, 22)

/** Whether two lists have the same tests in the same order. */
export const sameTests = (
  one: readonly KeptPolicyTest[] = [],
  other: readonly KeptPolicyTest[] = [],
): boolean => JSON.stringify(one) === JSON.stringify(other)

export const changedMeanwhile = (): Problem =>
  new Problem('precondition_failed', 'the policy or its tests were changed since they were read')

/** The tests in their stored form. @throws Problem('validation') with every fault, each at its test */
export function checkTests(given: readonly KeptPolicyTest[]): readonly PolicyTest[] {
  const { tests, faults } = parseTests(given)
  if (tests !== undefined) return tests
  throw new Problem('validation', faults[0]?.message ?? 'the tests cannot be read', {
    fields: faults.map(({ test, member, message }) => ({
      field: ['tests', test, member].filter((part) => part !== undefined).join('.'),
      message,
    })),
  })
}

/** @throws Problem('validation') when the document fails a test, Problem('malformed_policy') */
export function refuseFailing(document: string, tests: readonly PolicyTest[], accountId: string): void {
  if (tests.length === 0) return
  const failing = runTests(document, tests, { accountId }).filter(({ passes }) => !passes).length
  if (failing > 0)
    throw new Problem(
      'validation',
      `${failing} of ${tests.length} ${tests.length === 1 ? 'test fails' : 'tests fail'}: change the document, or change or remove the test`,
    )
}

export interface TestedPolicy {
  readonly name: string
  readonly arn: string
  /** Version in force, `v1`. */
  readonly inForce: string
  readonly tests: readonly KeptPolicyTest[]
  /** Of the version in force, in the order of the tests. */
  readonly results: readonly TestResult[]
  readonly version: string
}

const testedPolicy = (policy: Policy): TestedPolicy => {
  const { name, arn, accountId, defaultVersion: inForce, tests = [] } = policy
  return {
    name,
    arn,
    inForce,
    tests,
    results: runTests(defaultVersionDocument(policy), tests, { accountId, name }),
    version: testedVersion(policy),
  }
}

/** Tests of the caller's policies for the admin API. Callers have been authorized (admin/operation.ts). */
export class PolicyTests {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** A customer managed policy of the caller's account, by name or ARN. */
  async find(call: Call, nameOrArn: string): Promise<TestedPolicy | undefined> {
    const policy = await this.#byNameOrArn(accountOf(call.caller), nameOrArn)
    return policy && testedPolicy(policy)
  }

  /** The ARN of a policy that does not exist. */
  arnOf(call: Call, nameOrArn: string): string {
    if (nameOrArn.startsWith('arn:')) return nameOrArn
    return policyArn({ accountId: accountOf(call.caller), path: '/', name: nameOrArn })
  }

  /**
   * Replaces the tests of a policy. They may fail: a test can be written before the document.
   * @param expect is given the version of the record inside of its compare-and-swap
   * @throws Problem('validation'), Problem('not_found')
   */
  async change(
    call: Call,
    arn: string,
    given: readonly KeptPolicyTest[],
    expect: (version: string) => void,
  ): Promise<TestedPolicy> {
    const tests = checkTests(given)
    const found = await this.#byNameOrArn(accountOf(call.caller), arn)
    if (found === undefined) throw noSuch('policy', arn)
    const notFound = () => noSuch('policy', arn)
    const changed = await updateRecord(this.#store, 'policy', found.id, { notFound }, (old) => {
      expect(testedVersion(old))
      return { ...old, tests }
    })
    return testedPolicy(changed)
  }

  async #byNameOrArn(accountId: string, nameOrArn: string): Promise<Policy | undefined> {
    const policy = nameOrArn.startsWith('arn:')
      ? await this.#store.getBy('policy', 'arn', nameOrArn)
      : await this.#store.getBy('policy', 'name', `${accountId}/${nameOrArn.toLowerCase()}`)
    return policy?.accountId === accountId ? policy : undefined
  }
}
