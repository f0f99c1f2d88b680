// Risks in the settings of a SAML provider. Risks common to all kinds of provider are in ../risks.ts.
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import type { Risk } from '../kind.ts'
import { readMetadata } from './metadata.ts'

const soon = 30 * 86_400

const neverFetched: Risk = {
  level: 'medium',
  what: 'its metadata was not fetched yet: nobody can sign in with it until then',
  fix: 'start the server, and see that metadata_url answers',
}

export function samlRisks(provider: SamlProvider, now: EpochSeconds): readonly Risk[] {
  if (provider.metadata === '') return [neverFetched]
  const { certificates, signOn, signOut, validUntil, wantsSignedRequests } = readMetadata(provider.metadata)
  const ended = certificates.filter(({ notAfter }) => notAfter <= now)
  const ending = certificates.filter(({ notAfter }) => notAfter > now && notAfter <= now + soon)
  const usesHttp = [signOn, signOut].some((url) => url?.startsWith('http:'))
  const risks: readonly (readonly [when: boolean, Risk['level'], what: string, fix: string])[] = [
    [
      validUntil !== undefined && validUntil <= now,
      'high',
      'its metadata has expired: nobody can sign in with it',
      'configure its current metadata',
    ],
    [
      validUntil !== undefined && validUntil > now && validUntil <= now + soon,
      'medium',
      'its metadata expires within 30 days',
      'configure newer metadata before that',
    ],
    [
      ended.length > 0,
      'medium',
      'a signing certificate has expired; its signatures are accepted as long as it is in the metadata',
      'configure metadata without it',
    ],
    [
      ending.length > 0 && ending.length + ended.length === certificates.length,
      'medium',
      'every signing certificate expires within 30 days',
      'configure metadata that has the next certificate as well: both are accepted while one is replaced',
    ],
    [
      certificates.some(({ sha1 }) => sha1),
      'low',
      'a signing certificate is itself signed with SHA-1',
      'create a new certificate at the provider',
    ],
    [
      usesHttp,
      'high',
      'an endpoint is plain http: requests can be read on the network',
      'use https endpoints',
    ],
    [
      provider.signIn !== undefined && wantsSignedRequests && !provider.secret,
      'high',
      'it requires signed requests, and requests of this server are not signed',
      'set private_key and certificate',
    ],
    [
      provider.subject.from === 'email',
      'high',
      'the subject is an e-mail address: whoever gets the address later can sign in as that user',
      'configure the provider to send a persistent NameID, or use an attribute that never changes',
    ],
    [
      provider.want === 'response' || provider.want === 'either',
      'low',
      'assertions need not be signed: only the signature of the response protects them',
      'set want to `assertion` or `both`',
    ],
  ]
  return risks.flatMap(([when, level, what, fix]) => (when ? [{ level, what, fix }] : []))
}
