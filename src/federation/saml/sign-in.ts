// People's sign-in with a SAML 2.0 identity provider, us being the service provider (Web Browser SSO, saml-profiles §4.1):
// an AuthnRequest by redirect, a Response by form. node-saml writes what we send; what comes back is believed by
// saml/response.ts and saml/assertion.ts alone. A response nobody here asked for is refused.
import { SAML, type SamlConfig } from '@node-saml/node-saml'
import { z } from 'zod'
import { randomToken } from '../../secure/random.ts'
import type { SamlProvider } from '../../store/records.ts'
import type { KindParts, RedirectUpstream } from '../kind.ts'
import { callFailed } from '../outbound/checked-address.ts'
import { readAssertion } from './assertion.ts'
import { checkSaml } from './check.ts'
import { type IdpMetadata, readMetadata } from './metadata.ts'
import { ourEntityId, ourMetadata } from './our-metadata.ts'
import { personOf } from './person.ts'
import { refuse } from './refusal.ts'
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

export function samlUpstream({ now }: KindParts): RedirectUpstream<SamlProvider> {
  return {
    way: 'redirect',
    answers: 'form',
    depart: async (provider, trip) => {
      const metadata = readMetadata(provider.metadata)
      const classes = trip.strong ? (provider.signIn?.secondFactor.acr ?? []) : []
      // An ID begins with a letter or underscore (Core §1.3.4).
      const id = `_${randomToken()}`
      const saml = writer(provider, metadata, trip.callback, {
        generateUniqueId: () => id,
        forceAuthn: trip.fresh,
        disableRequestedAuthnContext: classes.length === 0,
        authnContext: [...classes],
      })
      const to = await saml.getAuthorizeUrlAsync(trip.state, undefined, {})
      return { to, memory: JSON.stringify({ id, at: now(), fresh: trip.fresh }) }
    },
    arrive: async (provider, { parameters, callback, memory: kept }) => {
      const memory = memorySchema.parse(JSON.parse(kept))
      const encoded = parameters.get('SAMLResponse')
      if (encoded === undefined) throw refuse('no SAMLResponse')
      const us = ourEntityId(callback)
      const assertion = readAssertion(encoded, {
        metadata: readMetadata(provider.metadata),
        want: provider.want,
        recipient: callback,
        audiences: [us],
        inResponseTo: memory.id,
        now: now(),
        authenticatedSince: memory.fresh ? memory.at : undefined,
      })
      return personOf(provider, assertion, us)
    },
    leave: async (provider, leave, returnTo) => {
      const metadata = readMetadata(provider.metadata)
      // Profiles §4.4.3.1: by redirect a logout request must be signed.
      if (metadata.signOut === undefined || !provider.secret) return undefined
      const { value, format, nameQualifier, spNameQualifier, sessionIndex } = leaveSchema.parse(
        JSON.parse(leave),
      )
      const saml = writer(provider, metadata, callbackBeside(returnTo, provider.name))
      const user = {
        issuer: metadata.entityId,
        nameID: value,
        nameIDFormat: format,
        ...(nameQualifier === undefined ? {} : { nameQualifier }),
        ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
        ...(sessionIndex === undefined ? {} : { sessionIndex }),
      }
      // Bindings §3.4.3: RelayState holds no more than 80 bytes.
      return saml.getLogoutUrlAsync(user, returnTo.length <= 80 ? returnTo : '', {})
    },
    metadata: ourMetadata,
    check: (provider) => checkSaml(provider, now),
    risks: samlRisks,
  }
}

/** `returnTo` is a page of ours: the callback is of the same origin. */
const callbackBeside = (page: string, name: string): string =>
  new URL(`/federation/${name}/callback`, page).href

/** node-saml, for what it writes alone: none of its checks is asked. */
function writer(
  provider: SamlProvider,
  metadata: IdpMetadata,
  callback: string,
  options: Partial<SamlConfig> = {},
): SAML {
  if (metadata.signOn === undefined)
    throw callFailed('the metadata has no SingleSignOnService that takes HTTP-Redirect')
  return new SAML({
    callbackUrl: callback,
    issuer: ourEntityId(callback),
    entryPoint: metadata.signOn,
    ...(metadata.signOut === undefined ? {} : { logoutUrl: metadata.signOut }),
    idpCert: 'never asked',
    identifierFormat: formats[provider.subject.from],
    signatureAlgorithm: 'sha256',
    ...(provider.secret ? { privateKey: provider.secret.reveal() } : {}),
    generateUniqueId: () => `_${randomToken()}`,
    ...options,
  })
}

/** What we ask NameID to be; null: as the provider likes. */
const formats = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  attribute: null,
} as const
