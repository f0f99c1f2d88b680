// Tests whether a token would match a trust policy, and otherwise which condition fails with which value. It runs the checks of
// AssumeRoleWithWebIdentity with the same functions, but issues no session and marks no token as used.
import type { IssuerKeys } from '../../federation/workload/issuer-keys.ts'
import {
  audienceFor,
  checkWorkloadSignature,
  readOutsideToken,
  readTimes,
  spendOf,
  subjectOf,
  type UnverifiedToken,
} from '../../federation/workload/outside-token.ts'
import type { Circumstances } from '../../iam/caller.ts'
import type { FailedCondition } from '../../policy/engine/decide.ts'
import type { Context } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { issuerWithoutScheme } from '../../secure/issuer-name.ts'
import { outsideContext } from '../outside/outside-context.ts'
import { outsideRequestContext } from '../outside/outside-session.ts'
import { sourceIdentityOf, tagsOf } from '../outside/outside-tags.ts'
import { isRoleAuthorizedByIdp } from '../outside/roles-claim.ts'
import type { AssumableRole, Providers, RegisteredProvider } from '../ports.ts'
import { actionsFor, describeTrustDenial, evaluateTrust, noPolicies } from '../trust/trust.ts'

export interface TrustTestDependencies {
  readonly providers: Pick<Providers, 'byIssuer'>
  readonly issuerKeys: IssuerKeys
  readonly spentTokens: { isSpent(id: string, accountId: string): Promise<boolean> }
}

export interface TrustTestStep {
  readonly step: 'token' | 'issuer' | 'claims' | 'times' | 'audience' | 'signature' | 'once' | 'trust'
  /** Undefined when it is not known, because the keys of the issuer cannot be fetched. */
  readonly ok: boolean | undefined
  readonly message: string
}

export interface TrustTestResult {
  /** Undefined when no step failed but the result of one is not known. */
  readonly matches: boolean | undefined
  readonly steps: readonly TrustTestStep[]
  /** Failed conditions of the trust policy. */
  readonly failed: readonly FailedCondition[]
  /** Condition keys of the token and the request. */
  readonly context: Context
}

export interface TrustTestRequest {
  readonly token: string
  /** `trust` may be a policy that is not saved yet. */
  readonly role: AssumableRole
  readonly roleSessionName: string
}

/** Never throws because of the token; its faults are in the result. */
export async function testTrust(
  deps: TrustTestDependencies,
  { token, role, roleSessionName }: TrustTestRequest,
  circumstances: Circumstances,
): Promise<TrustTestResult> {
  const steps = new Steps()
  const outside = await steps.run('token', () => {
    const read = readOutsideToken(token)
    return { value: read, message: `a JWT of ${read.issuer}, ${read.jws.header.alg}` }
  })
  if (!outside) return steps.result([], new Map())
  const provider = await registered(steps, deps, outside, role.accountId)
  await steps.run('claims', () => {
    const value = subjectOf(outside.jws.claims)
    return { value, message: `the subject is \`${value}\`` }
  })
  const times = await steps.run('times', () => {
    const value = readTimes(outside.jws.claims, circumstances.now)
    return { value, message: `it expires in ${Math.floor(value.expiresAt - circumstances.now)} s` }
  })
  if (provider) await providerSteps(steps, deps, outside, provider, times?.expiresAt)
  const { failed, context } = await trustStep(steps, outside, role, {
    provider:
      provider?.id ?? `arn:aws:iam::${role.accountId}:oidc-provider/${issuerWithoutScheme(outside.issuer)}`,
    roleSessionName,
    circumstances,
  })
  return steps.result(failed, context)
}

const registered = (
  steps: Steps,
  { providers }: TrustTestDependencies,
  { issuer }: UnverifiedToken,
  accountId: string,
): Promise<RegisteredProvider | undefined> =>
  steps.run('issuer', async () => {
    const provider = await providers.byIssuer(accountId, issuer)
    if (!provider)
      throw no(`account ${accountId} has no provider \`${issuer}\`; its URL must be exactly this text`)
    if (provider.disabled) throw no(`${provider.id} is disabled`)
    return { value: provider, message: `registered as ${provider.id}` }
  })

async function providerSteps(
  steps: Steps,
  { issuerKeys, spentTokens }: TrustTestDependencies,
  { issuer, jws }: UnverifiedToken,
  provider: RegisteredProvider,
  expiresAt: number | undefined,
): Promise<void> {
  await steps.run('audience', () => {
    const { aud, azp } = jws.claims
    const seen = azp === undefined ? `it is ${JSON.stringify(aud)}` : `\`azp\` is ${JSON.stringify(azp)}`
    try {
      const value = audienceFor(jws.claims, provider.clientIds)
      return { value, message: `\`${value}\` is one of the provider's` }
    } catch (cause) {
      const accepted = provider.clientIds.map((id) => `\`${id}\``).join(', ') || 'none'
      throw cause instanceof Problem
        ? no(`${cause.message}: ${seen}; the provider accepts ${accepted}`)
        : cause
    }
  })
  await steps.run('signature', async () => {
    await checkWorkloadSignature(jws, provider, issuerKeys)
    return { value: true, message: `by a key of the issuer (${provider.keys.from})` }
  })
  await steps.run('once', async () => {
    if (!provider.once) return { value: true, message: 'this provider’s tokens may be used again' }
    const { id } = spendOf(issuer, jws, expiresAt ?? 0)
    if (await spentTokens.isSpent(id, provider.accountId)) throw no('the token was used before')
    return { value: true, message: 'not used before' }
  })
}

interface TrustTestContext {
  readonly provider: string
  readonly roleSessionName: string
  readonly circumstances: Circumstances
}

async function trustStep(
  steps: Steps,
  { issuer, jws }: UnverifiedToken,
  role: AssumableRole,
  { provider, roleSessionName, circumstances }: TrustTestContext,
): Promise<{ failed: readonly FailedCondition[]; context: Context }> {
  let failed: readonly FailedCondition[] = []
  const context = await steps.run('trust', () => {
    const tags = tagsOf(jws.claims)
    const sourceIdentity = sourceIdentityOf(jws.claims)
    const facts = outsideContext({ provider, issuer, claims: jws.claims })
    const roleAuthorizedByIdp = isRoleAuthorizedByIdp(jws.claims, role.arn)
    const proof = { provider, facts, tags, sourceIdentity, roleAuthorizedByIdp }
    const value = outsideRequestContext({ roleSessionName }, proof, circumstances)
    const principal = { kind: 'web-identity', accountId: role.accountId, provider } as const
    const actions = actionsFor(tags, sourceIdentity, 'sts:AssumeRoleWithWebIdentity')
    const refusal = evaluateTrust({ role, principal, layers: noPolicies, context: value }, actions)
    if (!refusal) return { value, message: `${role.arn} trusts it` }
    failed = refusal.explanation.conditions
    steps.add({ step: 'trust', ok: false, message: describeTrustDenial(refusal) })
    return { value, message: undefined }
  })
  return { failed, context: context ?? new Map() }
}

const no = (message: string): Problem => new Problem('invalid_identity_token', message)

/** The steps so far. A Problem is a failed step; keys that cannot be fetched make the result unknown. */
class Steps {
  readonly #steps: TrustTestStep[] = []

  add(step: TrustTestStep): void {
    this.#steps.push(step)
  }

  async run<T>(
    step: TrustTestStep['step'],
    work: () => Promise<StepResult<T>> | StepResult<T>,
  ): Promise<T | undefined> {
    try {
      const { value, message } = await work()
      if (message !== undefined) this.add({ step, ok: true, message })
      return value
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const open = error.code === 'idp_communication_error'
      const message = open ? `the keys cannot be fetched: ${error.detail ?? error.message}` : error.message
      this.add({ step, ok: open ? undefined : false, message })
      return undefined
    }
  }

  result(failed: readonly FailedCondition[], context: Context): TrustTestResult {
    const fails = this.#steps.some(({ ok }) => ok === false)
    const unknown = this.#steps.some(({ ok }) => ok === undefined)
    return { matches: fails ? false : unknown ? undefined : true, steps: this.#steps, failed, context }
  }
}

interface StepResult<T> {
  readonly value: T
  /** Undefined when the step was already added. */
  readonly message: string | undefined
}
