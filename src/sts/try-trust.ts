// Tests whether a token would match a trust policy, and if not, which condition with which value: the checks of
// AssumeRoleWithWebIdentity one after the other, by the same functions. No token is marked as used and no session is made.
import type { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import {
  audienceFor,
  checkWorkloadSignature,
  readOutsideToken,
  readTimes,
  spendOf,
  subjectOf,
  type UnverifiedToken,
} from '../federation/workload/outside-token.ts'
import type { Circumstances } from '../iam/caller.ts'
import type { FailedCondition } from '../policy/decide.ts'
import type { Context } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { outsideContext } from './outside-context.ts'
import { outsideRequestContext } from './outside-session.ts'
import { sourceIdentityOf, tagsOf } from './outside-tags.ts'
import type { AssumableRole, Providers, RegisteredProvider } from './ports.ts'
import { isRoleAuthorizedByIdp } from './roles-claim.ts'
import { actionsFor, describeTrustDenial, evaluateTrust, noPolicies } from './trust.ts'

export interface TryParts {
  readonly providers: Pick<Providers, 'byIssuer'>
  readonly issuerKeys: IssuerKeys
  readonly spentTokens: { isSpent(id: string, accountId: string): Promise<boolean> }
}

export interface TriedStep {
  readonly step: 'token' | 'issuer' | 'claims' | 'times' | 'audience' | 'signature' | 'once' | 'trust'
  /** Undefined: it could not be found out. */
  readonly ok: boolean | undefined
  readonly said: string
}

export interface Tried {
  /** Undefined when all that was found out is fine, and something could not be. */
  readonly matches: boolean | undefined
  readonly steps: readonly TriedStep[]
  /** Of the trust policy. */
  readonly failed: readonly FailedCondition[]
  /** What the trust policy could ask about, in its words. */
  readonly context: Context
}

export interface TryRequest {
  readonly token: string
  /** Its `trust` may be one that was not saved yet. */
  readonly role: AssumableRole
  readonly roleSessionName: string
}

/** Never throws for what a token is. */
export async function tryTrust(
  parts: TryParts,
  { token, role, roleSessionName }: TryRequest,
  circumstances: Circumstances,
): Promise<Tried> {
  const steps = new Steps()
  const outside = await steps.take('token', () => {
    const read = readOutsideToken(token)
    return { value: read, said: `a JWT of ${read.issuer}, ${read.jws.header.alg}` }
  })
  if (!outside) return steps.tried([], new Map())
  const provider = await registered(steps, parts, outside, role.accountId)
  await steps.take('claims', () => {
    const value = subjectOf(outside.jws.claims)
    return { value, said: `the subject is \`${value}\`` }
  })
  const times = await steps.take('times', () => {
    const value = readTimes(outside.jws.claims, circumstances.now)
    return { value, said: `it ends in ${Math.floor(value.expiresAt - circumstances.now)} s` }
  })
  if (provider) await ofProvider(steps, parts, outside, provider, times?.expiresAt)
  const { failed, context } = await ofTrust(steps, outside, role, {
    provider: provider?.id ?? `arn:aws:iam::${role.accountId}:oidc-provider/${bare(outside.issuer)}`,
    roleSessionName,
    circumstances,
  })
  return steps.tried(failed, context)
}

const registered = (
  steps: Steps,
  { providers }: TryParts,
  { issuer }: UnverifiedToken,
  accountId: string,
): Promise<RegisteredProvider | undefined> =>
  steps.take('issuer', async () => {
    const provider = await providers.byIssuer(accountId, issuer)
    if (!provider)
      throw no(`account ${accountId} has no provider \`${issuer}\`; the text must be the same to the letter`)
    if (provider.disabled) throw no(`${provider.id} is disabled`)
    return { value: provider, said: `registered as ${provider.id}` }
  })

async function ofProvider(
  steps: Steps,
  { issuerKeys, spentTokens }: TryParts,
  { issuer, jws }: UnverifiedToken,
  provider: RegisteredProvider,
  expiresAt: number | undefined,
): Promise<void> {
  await steps.take('audience', () => {
    const { aud, azp } = jws.claims
    const seen = azp === undefined ? `it is ${JSON.stringify(aud)}` : `\`azp\` is ${JSON.stringify(azp)}`
    try {
      const value = audienceFor(jws.claims, provider.clientIds)
      return { value, said: `\`${value}\` is one of the provider's` }
    } catch (cause) {
      const taken = provider.clientIds.map((id) => `\`${id}\``).join(', ') || 'none'
      throw cause instanceof Problem ? no(`${cause.message}: ${seen}; the provider takes ${taken}`) : cause
    }
  })
  await steps.take('signature', async () => {
    await checkWorkloadSignature(jws, provider, issuerKeys)
    return { value: true, said: `by a key of the issuer (${provider.keys.from})` }
  })
  await steps.take('once', async () => {
    if (!provider.once) return { value: true, said: 'this provider’s tokens may be used again' }
    const { id } = spendOf(issuer, jws, expiresAt ?? 0)
    if (await spentTokens.isSpent(id, provider.accountId)) throw no('the token was used before')
    return { value: true, said: 'not used before' }
  })
}

interface Asked {
  readonly provider: string
  readonly roleSessionName: string
  readonly circumstances: Circumstances
}

async function ofTrust(
  steps: Steps,
  { issuer, jws }: UnverifiedToken,
  role: AssumableRole,
  { provider, roleSessionName, circumstances }: Asked,
): Promise<{ failed: readonly FailedCondition[]; context: Context }> {
  let failed: readonly FailedCondition[] = []
  const context = await steps.take('trust', () => {
    const tags = tagsOf(jws.claims)
    const sourceIdentity = sourceIdentityOf(jws.claims)
    const facts = outsideContext({ provider, issuer, claims: jws.claims })
    const roleAuthorizedByIdp = isRoleAuthorizedByIdp(jws.claims, role.arn)
    const proof = { provider, facts, tags, sourceIdentity, roleAuthorizedByIdp }
    const value = outsideRequestContext({ roleSessionName }, proof, circumstances)
    const principal = { kind: 'web-identity', accountId: role.accountId, provider } as const
    const actions = actionsFor(tags, sourceIdentity, 'sts:AssumeRoleWithWebIdentity')
    const refusal = evaluateTrust({ role, principal, layers: noPolicies, context: value }, actions)
    if (!refusal) return { value, said: `${role.arn} trusts it` }
    failed = refusal.explanation.conditions
    steps.add({ step: 'trust', ok: false, said: describeTrustDenial(refusal) })
    return { value, said: undefined }
  })
  return { failed, context: context ?? new Map() }
}

const bare = (url: string): string => url.replace(/^https?:\/\//, '')
const no = (message: string): Problem => new Problem('invalid_identity_token', message)

/** What was tried so far. A Problem is an answer; keys that cannot be had leave the question open. */
class Steps {
  readonly #steps: TriedStep[] = []

  add(step: TriedStep): void {
    this.#steps.push(step)
  }

  async take<T>(step: TriedStep['step'], work: () => Promise<Found<T>> | Found<T>): Promise<T | undefined> {
    try {
      const { value, said } = await work()
      if (said !== undefined) this.add({ step, ok: true, said })
      return value
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const open = error.code === 'idp_communication_error'
      const said = open ? `the keys cannot be had: ${error.detail ?? error.message}` : error.message
      this.add({ step, ok: open ? undefined : false, said })
      return undefined
    }
  }

  tried(failed: readonly FailedCondition[], context: Context): Tried {
    const fails = this.#steps.some(({ ok }) => ok === false)
    const open = this.#steps.some(({ ok }) => ok === undefined)
    return { matches: fails ? false : open ? undefined : true, steps: this.#steps, failed, context }
  }
}

interface Found<T> {
  readonly value: T
  /** Undefined when the step was already reported. */
  readonly said: string | undefined
}
