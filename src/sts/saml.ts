// AssumeRoleWithSAML: credentials of a role for who holds an assertion of a SAML provider the account registered. Nobody
// signs the request, and no request of ours is answered: the assertion is the credential, good once.
import { type Assertion, readAssertion } from '../federation/saml/assertion.ts'
import { readMetadata } from '../federation/saml/metadata.ts'
import type { Circumstances } from '../iam/caller.ts'
import { isProblem, Problem } from '../problem.ts'
import { type AssumedRole, assumedRole } from './assume-role.ts'
import { checkRequest, type SamlRequest } from './input.ts'
import { decideOutside, type OutsideParts, spendOnce } from './outside-session.ts'
import type { RegisteredSamlProvider, SamlProviders } from './ports.ts'
import { recorded } from './recorded.ts'
import { accountOfRole } from './role-arn.ts'
import {
  offersRole,
  roleSessionName,
  samlSourceIdentity,
  samlTags,
  sessionDurationOf,
} from './saml-attributes.ts'
import { nameQualifier, type SamlSubject, samlKeys, subjectType } from './saml-keys.ts'
import { issueCredentials } from './session.ts'
import { notAuthorizedOutside } from './trust.ts'

export interface SamlParts extends OutsideParts {
  readonly samlProviders: SamlProviders
}

export interface AssumedBySaml extends AssumedRole {
  readonly subject: string
  readonly subjectType: string
  readonly issuer: string
  /** The assertion's Recipient, as AWS answers it. */
  readonly audience: string
  readonly nameQualifier: string
}

export type AssumeRoleWithSaml = (
  request: SamlRequest,
  circumstances: Circumstances,
) => Promise<AssumedBySaml>

/** Where assertions for roles are addressed: Recipient and Audience. AWS's is https://signin.aws.amazon.com/saml. */
export const samlRecipient = (issuer: string): string => `${issuer}/saml`
/** Providers have AWS's audience in their templates; Recipient still binds the assertion to us. */
const awsAudience = 'urn:amazon:webservices'

const action = 'sts:AssumeRoleWithSAML'

/**
 * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_rejected_claim') for the assertion ·
 *   Problem('denied') also when there is no such role · those of AssumeRole for the rest of the request
 */
export const assumeRoleWithSaml =
  (parts: SamlParts): AssumeRoleWithSaml =>
  (request, circumstances) => {
    const learned: Learned = {}
    const what = {
      action,
      circumstances,
      asked: () => asked(request, learned),
      came: (assumed: AssumedBySaml) => ({
        session: assumed.assumedRoleUser.arn,
        accessKeyId: assumed.credentials.accessKeyId,
        expiration: assumed.credentials.expiration,
      }),
    }
    return recorded(parts.audit, what, async () => {
      checkRequest(request)
      const believed = await believe(parts, request, circumstances)
      learned.believed = believed
      return become(parts, request, believed, circumstances)
    })
  }

interface Believed extends SamlSubject {
  readonly assertion: Assertion
}

interface Learned {
  believed?: Believed
}

const asked = (request: SamlRequest, { believed }: Learned) => ({
  accountId: accountOfRole(request.roleArn) ?? '',
  who: believed ? `${believed.assertion.issuer} ${believed.nameId.value}` : 'an unverified assertion',
  actor: { kind: 'outside', id: believed?.nameId.value } as const,
  resource: request.roleArn.slice(0, 2048),
  details: {
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    provider: request.principalArn.slice(0, 2048),
  },
})

/** Only a provider of the role's own account is asked about; a disabled one is none (attacks.md 11). */
async function believe(
  { samlProviders, issuer }: SamlParts,
  { roleArn, principalArn, samlAssertion }: SamlRequest,
  { now }: Circumstances,
): Promise<Believed> {
  const accountId = accountOfRole(roleArn)
  if (accountId === undefined)
    throw new Problem('validation', `\`${roleArn.slice(0, 256)}\` is not the ARN of a role`)
  const provider = await samlProviders.byArn(principalArn)
  if (!provider || provider.accountId !== accountId || provider.disabled)
    throw new Problem('invalid_identity_token', "Specified provider doesn't exist")
  const recipient = samlRecipient(issuer)
  const assertion = read(samlAssertion, provider, recipient, now)
  const { nameId } = assertion
  if (!nameId) throw new Problem('invalid_identity_token', 'the assertion names no subject')
  return { assertion, nameId, provider, recipient }
}

function read(encoded: string, provider: RegisteredSamlProvider, recipient: string, now: number): Assertion {
  try {
    return readAssertion(encoded, {
      metadata: readMetadata(provider.metadata),
      want: provider.want,
      recipient,
      audiences: [recipient, awsAudience],
      inResponseTo: undefined,
      now,
      authenticatedSince: undefined,
    })
  } catch (cause) {
    if (!isProblem(cause, 'denied')) throw cause
    // AWS STS API, IDPRejectedClaim: "The identity provider (IdP) reported that authentication failed."
    throw new Problem('idp_rejected_claim', cause.message, { detail: cause.detail ?? '', cause })
  }
}

async function become(
  parts: SamlParts,
  request: SamlRequest,
  believed: Believed,
  circumstances: Circumstances,
): Promise<AssumedBySaml> {
  const { assertion, nameId, provider, recipient } = believed
  const { attributes, issuer, sessionEnd } = assertion
  if (!offersRole(attributes, request.roleArn, provider.id))
    throw notAuthorizedOutside(action, 'the assertion does not offer this role with this provider')
  const session = {
    ...request,
    roleSessionName: roleSessionName(attributes),
    durationSeconds: request.durationSeconds ?? sessionDurationOf(attributes),
  }
  const proof = {
    action,
    provider: provider.id,
    issuer,
    subject: nameId.value,
    facts: samlKeys(assertion, believed),
    tags: samlTags(attributes),
    sourceIdentity: samlSourceIdentity(attributes),
    spend: assertion.spend,
    // "… until the time specified in SessionNotOnOrAfter, whichever is shorter."
    atMost: sessionEnd === undefined ? undefined : Math.max(1, sessionEnd - circumstances.now),
  } as const
  const decided = await decideOutside(parts, session, proof, circumstances)
  await spendOnce(parts, proof, decided.role.accountId)
  const credentials = await issueCredentials(decided, parts)
  return {
    ...assumedRole(session, decided, credentials),
    subject: nameId.value,
    subjectType: subjectType(nameId),
    issuer,
    audience: recipient,
    nameQualifier: nameQualifier(issuer, provider),
  }
}
