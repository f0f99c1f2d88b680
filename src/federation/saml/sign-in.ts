// Sign-in with a SAML 2.0 identity provider; this server is the service provider. Web Browser SSO (SAML Profiles section 4.1: an
// AuthnRequest by redirect, a Response by form) and Single Logout in both directions (section 4.4). Messages are written by
// our-messages.ts and verified by response.ts, assertion.ts and logout-request.ts. A response without a request is refused.
import { z } from 'zod'
import { randomToken } from '../../secure/random.ts'
import type { SamlProvider } from '../../store/records.ts'
import type { ProviderDependencies, RedirectUpstream } from '../kind.ts'
import { communicationError } from '../outbound/checked-address.ts'
import { type Assertion, type AssertionExpected, readAssertion } from './assertion.ts'
import { checkSaml } from './check.ts'
import { encryptionKeysOf } from './encrypted-assertion.ts'
import { readLogoutRequest } from './logout-request.ts'
import { readMetadata } from './metadata.ts'
import { emailFormat, persistentFormat } from './names.ts'
import { authnRequest, logoutRequest, logoutResponse } from './our-messages.ts'
import { ourEntityId, ourMetadata } from './our-metadata.ts'
import { personOf } from './person.ts'
import { redirectUrl } from './redirect-binding.ts'
import { isUnknownKey, refuse } from './refusal.ts'
import { samlRisks } from './risks.ts'

const memorySchema = z.strictObject({
  id: z.string(),
  at: z.number(),
  fresh: z.boolean(),
})

const leaveSchema = z.object({
  value: z.string(),
  format: z.string(),
  nameQualifier: z.string().optional(),
  spNameQualifier: z.string().optional(),
  sessionIndex: z.string().optional(),
})

/** An ID begins with a letter or underscore (Core section 1.3.4). */
const newId = (): string => `_${randomToken()}`

export function samlUpstream({
  now,
  fetch,
  requestMetadataRefresh,
}: ProviderDependencies): RedirectUpstream<SamlProvider> {
  /** After a signature of an unknown key, the metadata is fetched again for the next attempt: the provider may have a new key. */
  const readWithCurrentKeys = (
    provider: SamlProvider,
    encoded: string,
    expected: AssertionExpected,
  ): Assertion => {
    try {
      return readAssertion(encoded, expected)
    } catch (cause) {
      if (provider.metadataSource && isUnknownKey(cause)) requestMetadataRefresh?.(provider.id)
      throw cause
    }
  }
  return {
    flow: 'redirect',
    answers: 'form',
    beginSignIn: async (provider, options) => {
      const { signOn } = readMetadata(provider.metadata)
      if (signOn === undefined)
        throw communicationError('the metadata has no SingleSignOnService with the binding HTTP-Redirect')
      const id = newId()
      const xml = authnRequest({
        id,
        now: now(),
        destination: signOn,
        issuer: ourEntityId(options.callback),
        callback: options.callback,
        forceAuthn: options.fresh,
        nameIdFormat: formats[provider.subject.from],
        classes: options.strong ? (provider.signIn?.secondFactor.acr ?? []) : [],
      })
      const key = provider.secret?.reveal()
      const to = redirectUrl({ to: signOn, name: 'SAMLRequest', xml, relayState: options.state, key })
      return { to, memory: JSON.stringify({ id, at: now(), fresh: options.fresh }) }
    },
    completeSignIn: async (provider, { parameters, callback, memory: kept }) => {
      const memory = memorySchema.parse(JSON.parse(kept))
      const encoded = parameters.get('SAMLResponse')
      if (encoded === undefined) throw refuse('no SAMLResponse')
      const entityId = ourEntityId(callback)
      const assertion = readWithCurrentKeys(provider, encoded, {
        metadata: readMetadata(provider.metadata),
        want: provider.want,
        encryption: encryptionKeysOf(provider),
        recipient: callback,
        audiences: [entityId],
        inResponseTo: memory.id,
        now: now(),
        authenticatedSince: memory.fresh ? memory.at : undefined,
      })
      return personOf(provider, assertion, entityId)
    },
    signOutUrl: async (provider, leave, returnTo) => {
      const { signOut } = readMetadata(provider.metadata)
      // A logout request by redirect must be signed (Profiles section 4.4.3.1).
      if (signOut === undefined || !provider.secret) return undefined
      const { sessionIndex, ...nameId } = leaveSchema.parse(JSON.parse(leave))
      const { nameQualifier, spNameQualifier } = nameId
      const xml = logoutRequest({
        id: newId(),
        now: now(),
        destination: signOut,
        issuer: ourEntityId(callbackBeside(returnTo, provider.name)),
        nameId: { ...nameId, nameQualifier, spNameQualifier },
        sessionIndex,
      })
      const key = provider.secret.reveal()
      return redirectUrl({ to: signOut, name: 'SAMLRequest', xml, relayState: returnTo, key })
    },
    readSignOut: async (provider, received) => readLogoutRequest(provider, received, now()),
    answerSignOut: (provider, request, status, callback) => {
      const { logoutResponses: to } = readMetadata(provider.metadata)
      if (to === undefined || !provider.secret || request.id === undefined)
        throw communicationError(
          'a LogoutResponse needs private_key and a SingleLogoutService with the binding HTTP-Redirect',
        )
      const xml = logoutResponse({
        id: newId(),
        now: now(),
        destination: to,
        issuer: ourEntityId(callback),
        inResponseTo: request.id,
        status,
      })
      const key = provider.secret.reveal()
      return redirectUrl({ to, name: 'SAMLResponse', xml, relayState: request.relayState, key })
    },
    metadata: ourMetadata,
    check: (provider) => checkSaml(provider, { now, fetch }),
    risks: samlRisks,
  }
}

/** The callback of a provider, from the URL of any page of this server. */
const callbackBeside = (page: string, name: string): string =>
  new URL(`/federation/${name}/callback`, page).href

/** The requested format of NameID; undefined: the provider chooses. */
const formats = {
  persistent: persistentFormat,
  email: emailFormat,
  attribute: undefined,
} as const
