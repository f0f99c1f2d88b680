// People's sign-in with a SAML 2.0 identity provider, us being the service provider: Web Browser SSO (saml-profiles §4.1,
// an AuthnRequest by redirect, a Response by form) and Single Logout in both directions (§4.4). What we send is written
// by our-messages.ts; what is received counts only after response.ts, assertion.ts or logout-request.ts verified it. A
// response nobody here asked for is refused.
import { z } from 'zod'
import { randomToken } from '../../secure/random.ts'
import type { SamlProvider } from '../../store/records.ts'
import type { ProviderDependencies, RedirectUpstream } from '../kind.ts'
import { communicationError } from '../outbound/checked-address.ts'
import { readAssertion } from './assertion.ts'
import { checkSaml } from './check.ts'
import { readLogoutRequest } from './logout-request.ts'
import { readMetadata } from './metadata.ts'
import { emailFormat, persistentFormat } from './names.ts'
import { authnRequest, logoutRequest, logoutResponse } from './our-messages.ts'
import { ourEntityId, ourMetadata } from './our-metadata.ts'
import { personOf } from './person.ts'
import { redirectUrl } from './redirect-binding.ts'
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

/** An ID begins with a letter or underscore (Core §1.3.4). */
const newId = (): string => `_${randomToken()}`

export function samlUpstream({ now }: ProviderDependencies): RedirectUpstream<SamlProvider> {
  return {
    flow: 'redirect',
    answers: 'form',
    beginSignIn: async (provider, options) => {
      const { signOn } = readMetadata(provider.metadata)
      if (signOn === undefined)
        throw communicationError('the metadata has no SingleSignOnService that takes HTTP-Redirect')
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
    signOutUrl: async (provider, leave, returnTo) => {
      const { signOut } = readMetadata(provider.metadata)
      // Profiles §4.4.3.1: by redirect a logout request must be signed.
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
      const { signOutAnswers: to } = readMetadata(provider.metadata)
      if (to === undefined || !provider.secret || request.id === undefined)
        throw communicationError(
          'a LogoutResponse needs our private key and a SingleLogoutService by HTTP-Redirect',
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
    check: (provider) => checkSaml(provider, now),
    risks: samlRisks,
  }
}

/** `returnTo` is a page of ours: the callback is of the same origin. */
const callbackBeside = (page: string, name: string): string =>
  new URL(`/federation/${name}/callback`, page).href

/** What we ask NameID to be; undefined: as the provider likes. */
const formats = {
  persistent: persistentFormat,
  email: emailFormat,
  attribute: undefined,
} as const
