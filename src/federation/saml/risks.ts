// What is doubtful about the settings of a SAML provider. Pure; what all kinds share is in ../risks.ts.
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import type { Risk } from '../kind.ts'
import { readMetadata } from './metadata.ts'

const soon = 30 * 86_400

export function samlRisks(provider: SamlProvider, now: EpochSeconds): readonly Risk[] {
  const { certificates, signOn, signOut, validUntil, wantsSignedRequests } = readMetadata(provider.metadata)
  const ended = certificates.filter(({ notAfter }) => notAfter <= now)
  const ending = certificates.filter(({ notAfter }) => notAfter > now && notAfter <= now + soon)
  const plain = [signOn, signOut].some((url) => url?.startsWith('http:'))
  const risks: readonly (readonly [when: boolean, Risk['level'], what: string, fix: string])[] = [
    [
      validUntil !== undefined && validUntil <= now,
      'high',
      'its metadata has ended: nobody can sign in with it',
      'give its current metadata',
    ],
    [
      validUntil !== undefined && validUntil > now && validUntil <= now + soon,
      'medium',
      'its metadata ends within 30 days',
      'give its current metadata before',
    ],
    [
      ended.length > 0,
      'medium',
      'a signing certificate has expired; what its key signs still counts, as long as it is in the metadata',
      'give metadata without it',
    ],
    [
      ending.length > 0 && ending.length + ended.length === certificates.length,
      'medium',
      'every signing certificate ends within 30 days',
      'give metadata that holds the next certificate as well: both count while one is replaced',
    ],
    [
      certificates.some(({ sha1 }) => sha1),
      'low',
      'a signing certificate is itself signed with SHA-1',
      'let the provider make a new certificate',
    ],
    [
      plain,
      'high',
      'an endpoint is plain http: whoever is on the way sees the request',
      'use https endpoints',
    ],
    [
      provider.signIn !== undefined && wantsSignedRequests && !provider.secret,
      'high',
      'it wants signed requests, and ours are not',
      'set private_key and certificate',
    ],
    [
      provider.subject.from === 'email',
      'high',
      'the subject is an e-mail address: whoever gets the address next becomes that user here',
      'let the provider send a persistent NameID, or name an attribute that never changes',
    ],
    [
      provider.want === 'response' || provider.want === 'either',
      'low',
      'an assertion need not be signed itself: what is around it is all that protects it',
      'set want to `assertion` or `both`',
    ],
  ]
  return risks.flatMap(([when, level, what, fix]) => (when ? [{ level, what, fix }] : []))
}
