// What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in. The answer says which user has
// an address or an identity and which groups there are, so it takes the permissions to list both.
import { z } from 'zod'
import { isProblem, Problem } from '../../problem.ts'
import { type Operation, operation } from '../operation.ts'
import { oneProvider, providerResource, providerTarget } from './target.ts'
import { isNoSignIn, type TrialInput, trialAnswer, trialBody, trialOf } from './trial-schemas.ts'

/** What it takes besides, as operations that read the same. */
export const trialReads = ['ListPeople', 'ListGroups'] as const

/** ARNs of everything that these operations list. */
export const trialReadArns = (accountId: string): Readonly<Record<(typeof trialReads)[number], string>> => ({
  ListPeople: `arn:aws:iam::${accountId}:user/*`,
  ListGroups: `arn:aws:iam::${accountId}:group/*`,
})

export const tryOperation: Operation = operation({
  name: 'TryIdentityProvider',
  method: 'POST',
  path: '/identity-providers/:provider/try',
  summary:
    'show what a sign-in would make of an ID token or of claims, and which user that would be; save nothing',
  resource: providerResource,
  conditionKeys: ['aws:ResourceTag'],
  also: trialReads,
  params: oneProvider,
  query: z.strictObject({}),
  body: trialBody,
  answer: trialAnswer,
  // A token is a credential, and claims are about a person.
  unrecorded: ['token', 'claims'],
  command: { words: 'identity-providers try', hasFindings: isNoSignIn },
  async target(use, call, { provider }) {
    const arns = trialReadArns(use.serverAccountId)
    return {
      ...(await providerTarget(use, call, { provider })),
      also: trialReads.map((action) => ({ action, arn: arns[action] })),
    }
  },
  async run({ identityProviders }, { input, target: { provider } }) {
    const given = trialInputOf(input, provider.kind)
    const tried = await identityProviders.try(provider, given).catch((error: unknown) => {
      if (isProblem(error, 'invalid_identity_token')) throw faultOf('token', `is refused: ${error.message}`)
      throw error
    })
    const answer = trialOf(tried, provider.signIn?.requireSecondFactor === true)
    const { would, token } = answer
    return { answer, after: { would, ...(token && { verdict: token.state }) } }
  },
})

/** @throws Problem('validation') unless there is one of the two, of which the token must be of a kind that gives such */
function trialInputOf({ token, claims }: z.output<typeof trialBody>, kind: string): TrialInput {
  if (token !== undefined && claims !== undefined)
    throw faultOf('claims', 'must be left out when there is a token')
  if (claims !== undefined) return { claims }
  if (kind !== 'openid')
    throw faultOf('claims', `are required: a provider of the kind ${kind} gives no ID tokens`)
  if (token === undefined) throw faultOf('token', 'is required when there are no claims')
  return { token: token.trim() }
}

const faultOf = (field: 'token' | 'claims', message: string): Problem =>
  new Problem('validation', `\`${field}\` ${message}`, { fields: [{ field, message }] })
