// Session policies that a person consents to, so that a client acts for them within these (RFC 9396, `authorization_details`
// of the type `session_policy`; docs/agents.md). A policy that cannot be put into words is refused, and so is one that
// allows more than the person may do: consent would promise what the token cannot do.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Authorizer } from '../../iam/authorization/authorize.ts'
import { compareAllowed, Work } from '../../policy/compare-policies.ts'
import { type Description, describePolicy } from '../../policy/language/describe.ts'

export type { Description }

/** Far less than a comparison at the command line may take: it runs while a person waits. */
const effort = { states: 5000, classes: 20_000, guesses: 200 } as const
/** Units of work of the comparison with one layer. */
const mostWork = 100_000

/** @throws Problem('malformed_policy') */
export const describeConsentedPolicy = (text: string): Description => describePolicy(text, 'session')

/**
 * Whether a user may do all that the policies allow together. Where that cannot be proven in reasonable time the answer is
 * yes: the session policy only restricts, so nobody gets more by it.
 */
export async function mayConsent(
  { policiesOf }: Pick<Authorizer, 'policiesOf'>,
  userId: string,
  texts: readonly string[],
): Promise<boolean> {
  const own = await policiesOf({ kind: 'user', id: userId })
  if (own === undefined) return false
  const layers = [own.identity, own.boundary, own.guardrails].filter((layer) => layer !== undefined)
  for (const layer of layers) {
    const documents = layer.map(({ document }) => document)
    const work = new Work(mostWork)
    if (compareAllowed(documents, texts, 'identity', { effort, work }).narrower === false) return false
    await nextTurn()
  }
  return true
}
