// Operations on the tests kept with managed policies. Policies themselves are administered by IAM's own actions.
import { z } from 'zod'
import type { Call } from '../../iam/caller.ts'
import type { TestedPolicy } from '../../iam/managed-policy/tests.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'

const value = z.string().max(2048)
const expected = z.enum(['allow', 'deny'])
const policyTest = z.strictObject({
  principal: value
    .optional()
    .describe('who asks, for instance the ARN of a user; left out: a user of the account'),
  action: value.describe('service:Action, without wildcards'),
  resource: value.describe('ARN'),
  context: z
    .record(z.string().max(2048), z.union([value, z.array(value)]))
    .optional()
    .describe('condition keys with a text, or a list of texts'),
  expect: expected.describe('the answer that the document alone must give'),
})
const tests = z.array(policyTest).max(100)

const tested = z.strictObject({
  policy: z.string().describe('ARN'),
  inForce: z.string().describe('version of the document that was tested'),
  tests,
  failing: z.int().describe('how many tests the document in force fails'),
  results: z
    .array(z.strictObject({ passes: z.boolean(), effect: expected }))
    .describe('of each test, in the same order'),
})

const testedAnswer = ({ arn, inForce, tests: kept, results }: TestedPolicy): z.input<typeof tested> => ({
  policy: arn,
  inForce,
  tests: kept.map(({ context, ...test }) => ({
    ...test,
    ...(context !== undefined && {
      context: Object.fromEntries(
        Object.entries(context).map(([key, one]) => [key, typeof one === 'string' ? one : [...one]]),
      ),
    }),
  })),
  failing: results.filter(({ passes }) => !passes).length,
  results: results.map(({ passes, explanation: { effect } }) => ({ passes, effect })),
})

async function target(
  { policyTests }: UseCases,
  call: Call,
  { policy }: { readonly policy: string },
): Promise<Target<TestedPolicy>> {
  const found = await policyTests.find(call, policy)
  return { arn: found?.arn ?? policyTests.arnOf(call, policy), value: found, version: found?.version }
}

const common = {
  path: '/policies/:policy/tests',
  resource: 'arn:aws:iam::<account>:policy/<path><name>',
  params: z.strictObject({
    policy: z.string().min(1).max(2048).describe('name or ARN of a managed policy of the account'),
  }),
  query: nothing,
  answer: tested,
  target,
}

export const policyTestOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'GetPolicyTests',
    method: 'GET',
    summary: 'show the tests kept with a policy, and which of them the document in force fails',
    body: nothing,
    command: { words: 'policy-tests get' },
    run: async (_, { target: found }) => ({ answer: testedAnswer(found), version: found.version }),
  }),
  operation({
    ...common,
    name: 'UpdatePolicyTests',
    method: 'PUT',
    summary: 'replace the tests kept with a policy; they may fail until the document is changed',
    body: z.strictObject({ tests: tests.describe('tests, at most 100 and 32,768 bytes') }),
    command: { words: 'policy-tests update' },
    async run({ policyTests }, { call, input, target: found, expect }) {
      const after = await policyTests.change(call, found.arn, input.tests, expect)
      return {
        answer: testedAnswer(after),
        version: after.version,
        before: { tests: found.tests },
        after: { tests: after.tests },
      }
    },
  }),
]
