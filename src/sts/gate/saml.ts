// Checks of a SAML assertion that is exchanged for a role session. federation/saml verifies type, times, audience and signature in
// one step, which is the check `proof`.
import { type Assertion, type NameId, readAssertion } from '../../federation/saml/assertion.ts'
import { encryptionKeysOf } from '../../federation/saml/encrypted-assertion.ts'
import { readMetadata } from '../../federation/saml/metadata.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { once } from '../gate.ts'
import { checkRequest, type SamlRequest } from '../input.ts'
import {
  checkOutsideSession,
  decideOutside,
  type OutsideDependencies,
  spendOnce,
} from '../outside/outside-session.ts'
import {
  offersRole,
  roleSessionName,
  samlSourceIdentity,
  samlTags,
  sessionDurationOf,
} from '../outside/saml-attributes.ts'
import { samlKeys } from '../outside/saml-keys.ts'
import type { RegisteredSamlProvider, SamlProviders } from '../ports.ts'
import { accountOf } from './outside.ts'

export interface SamlDependencies extends OutsideDependencies {
  readonly samlProviders: SamlProviders
}

/** Recipient and Audience of assertions for roles. AWS's is https://signin.aws.amazon.com/saml. */
export const samlRecipient = (issuer: string): string => `${issuer}/saml`
/** Identity providers have AWS's audience in their templates. It is accepted because Recipient still must be this server. */
const awsAudience = 'urn:amazon:webservices'

export const samlAction = 'sts:AssumeRoleWithSAML'

export interface VerifiedAssertion {
  readonly assertion: Assertion
  readonly nameId: NameId
  readonly provider: RegisteredSamlProvider
  readonly recipient: string
}

/** One AssumeRoleWithSAML request, with the results of its checks. */
export class SamlAttempt {
  readonly deps: SamlDependencies
  readonly request: SamlRequest
  readonly circumstances: Circumstances

  constructor(deps: SamlDependencies, request: SamlRequest, circumstances: Circumstances) {
    this.deps = deps
    this.request = request
    this.circumstances = circumstances
  }

  /** The provider must be of the role's own account and enabled (docs/attacks.md 11). */
  readonly provider = once(async (): Promise<RegisteredSamlProvider> => {
    const accountId = accountOf(this.request.roleArn)
    const provider = await this.deps.samlProviders.byArn(this.request.principalArn)
    if (provider && provider.accountId === accountId && !provider.disabled) return provider
    throw new Problem('invalid_identity_token', "Specified provider doesn't exist")
  })

  /** Set by the `proof` check. Audit entries of later refusals use it too. */
  verified: VerifiedAssertion | undefined

  /** @throws TypeError before the assertion was verified */
  get proven(): VerifiedAssertion {
    if (this.verified === undefined) throw new TypeError('the assertion was not verified')
    return this.verified
  }

  readonly session = once(() => {
    const { assertion, nameId, provider } = this.proven
    const { attributes, issuer, sessionEnd } = assertion
    return {
      action: samlAction,
      provider: provider.id,
      issuer,
      subject: nameId.value,
      facts: samlKeys(assertion, this.proven),
      tags: samlTags(attributes),
      sourceIdentity: samlSourceIdentity(attributes),
      spend: spendFor(assertion, this.request.roleArn),
      maxDuration: maxDurationOf(sessionDurationOf(attributes), sessionEnd, this.circumstances.now),
    } as const
  })

  /** The request with the session name of the assertion. */
  readonly sessionRequest = once(() => ({
    ...this.request,
    roleSessionName: roleSessionName(this.proven.assertion.attributes),
  }))

  /** The session to issue. Call it after the checks have passed. */
  readonly decided = once(() =>
    decideOutside(this.deps, this.sessionRequest(), this.session(), this.circumstances),
  )
}

/** Checks of a SamlAttempt, by their names in gate.ts. */
export const samlChecks = {
  sizes: ({ request }: SamlAttempt): void => checkRequest(request),

  provider: (attempt: SamlAttempt): Promise<unknown> => attempt.provider(),

  async proof(attempt: SamlAttempt): Promise<void> {
    const provider = await attempt.provider()
    const recipient = samlRecipient(attempt.deps.issuer)
    const assertion = read(attempt, provider, recipient)
    const { nameId } = assertion
    if (!nameId) throw new Problem('invalid_identity_token', 'the assertion names no subject')
    attempt.verified = { assertion, nameId, provider, recipient }
  },

  session: (attempt: SamlAttempt): void => checkOutsideSession(attempt.request, attempt.session().tags),

  role(attempt: SamlAttempt): Promise<unknown> {
    const { assertion, provider } = attempt.proven
    if (!offersRole(assertion.attributes, attempt.request.roleArn, provider.id))
      throw new Problem(
        'invalid_identity_token',
        'The requested role is not offered by the assertion: its Role attribute must name the role together with this provider',
      )
    return attempt.decided()
  },

  async once(attempt: SamlAttempt): Promise<void> {
    const { role } = await attempt.decided()
    await spendOnce(attempt.deps, attempt.session(), role.accountId)
  },
}

function read(
  { request, circumstances }: SamlAttempt,
  provider: RegisteredSamlProvider,
  recipient: string,
): Assertion {
  try {
    return readAssertion(request.samlAssertion, {
      metadata: readMetadata(provider.metadata),
      want: provider.want,
      encryption: encryptionKeysOf(provider),
      recipient,
      audiences: [recipient, awsAudience],
      inResponseTo: undefined,
      now: circumstances.now,
      authenticatedSince: undefined,
    })
  } catch (cause) {
    if (!isProblem(cause, 'denied')) throw cause
    // AWS STS API, IDPRejectedClaim: "The identity provider (IdP) reported that authentication failed."
    throw new Problem('idp_rejected_claim', cause.message, { detail: cause.detail ?? '', cause })
  }
}

/** An assertion may be used once for each role that it offers. */
const spendFor = ({ spend }: Assertion, roleArn: string): Assertion['spend'] => ({
  id: sha256base64url(JSON.stringify([spend.id, roleArn])),
  until: spend.until,
})

/**
 * Maximum seconds of the session according to the assertion; it can only shorten the session (AWS STS API, AssumeRoleWithSAML,
 * DurationSeconds: "… whichever is shorter"). Undefined when the assertion states neither value.
 */
function maxDurationOf(
  sessionDuration: number | undefined,
  sessionEnd: number | undefined,
  now: number,
): number | undefined {
  const bounds = [sessionDuration, sessionEnd === undefined ? undefined : Math.max(1, sessionEnd - now)]
  const stated = bounds.filter((bound) => bound !== undefined)
  return stated.length === 0 ? undefined : Math.min(...stated)
}
