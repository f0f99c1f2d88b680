// A SAML assertion that becomes a session of a role. federation/saml verifies an assertion in one step, so the cell `proof` checks
// type, times, audience and signature.
import { type Assertion, type NameId, readAssertion } from '../../federation/saml/assertion.ts'
import { readMetadata } from '../../federation/saml/metadata.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { checkRequest, type SamlRequest } from '../input.ts'
import { checkOutsideSession, decideOutside, type OutsideParts, spendOnce } from '../outside-session.ts'
import type { RegisteredSamlProvider, SamlProviders } from '../ports.ts'
import {
  offersRole,
  roleSessionName,
  samlSourceIdentity,
  samlTags,
  sessionDurationOf,
} from '../saml-attributes.ts'
import { samlKeys } from '../saml-keys.ts'
import { once } from './gate.ts'
import { accountOf } from './outside.ts'

export interface SamlParts extends OutsideParts {
  readonly samlProviders: SamlProviders
}

/** Where assertions for roles are addressed: Recipient and Audience. AWS's is https://signin.aws.amazon.com/saml. */
export const samlRecipient = (issuer: string): string => `${issuer}/saml`
/** Providers have AWS's audience in their templates; Recipient still binds the assertion to us. */
const awsAudience = 'urn:amazon:webservices'

export const samlAction = 'sts:AssumeRoleWithSAML'

export interface VerifiedAssertion {
  readonly assertion: Assertion
  readonly nameId: NameId
  readonly provider: RegisteredSamlProvider
  readonly recipient: string
}

/** One AssumeRoleWithSAML request, and what its checks found out. */
export class SamlAttempt {
  readonly parts: SamlParts
  readonly request: SamlRequest
  readonly circumstances: Circumstances

  constructor(parts: SamlParts, request: SamlRequest, circumstances: Circumstances) {
    this.parts = parts
    this.request = request
    this.circumstances = circumstances
  }

  /** Only a provider of the role's own account, and only while it is enabled (attacks.md 11). */
  readonly provider = once(async (): Promise<RegisteredSamlProvider> => {
    const accountId = accountOf(this.request.roleArn)
    const provider = await this.parts.samlProviders.byArn(this.request.principalArn)
    if (provider && provider.accountId === accountId && !provider.disabled) return provider
    throw new Problem('invalid_identity_token', "Specified provider doesn't exist")
  })

  /** Set by the `proof` check; for the audit entry also of a refusal. */
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
      atMost: mostSeconds(sessionDurationOf(attributes), sessionEnd, this.circumstances.now),
    } as const
  })

  /** The request with the name that the assertion has for the session. */
  readonly sessionRequest = once(() => ({
    ...this.request,
    roleSessionName: roleSessionName(this.proven.assertion.attributes),
  }))

  /** The session that was decided on. Call it once the checks have passed. */
  readonly decided = once(() =>
    decideOutside(this.parts, this.sessionRequest(), this.session(), this.circumstances),
  )
}

/** Checks of a SamlAttempt, by the column they stand in. */
export const samlChecks = {
  sizes: ({ request }: SamlAttempt): void => checkRequest(request),

  provider: (attempt: SamlAttempt): Promise<unknown> => attempt.provider(),

  async proof(attempt: SamlAttempt): Promise<void> {
    const provider = await attempt.provider()
    const recipient = samlRecipient(attempt.parts.issuer)
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
    await spendOnce(attempt.parts, attempt.session(), role.accountId)
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
 * Seconds to which the assertion cuts a session: neither of the two can lengthen it (AWS STS API, AssumeRoleWithSAML,
 * DurationSeconds: "… whichever is shorter"). Undefined when it states neither.
 */
function mostSeconds(
  sessionDuration: number | undefined,
  sessionEnd: number | undefined,
  now: number,
): number | undefined {
  const bounds = [sessionDuration, sessionEnd === undefined ? undefined : Math.max(1, sessionEnd - now)]
  const stated = bounds.filter((bound) => bound !== undefined)
  return stated.length === 0 ? undefined : Math.min(...stated)
}
