// Security findings about the settings of a plain OAuth 2 provider. Pure; risks.ts has those common to all kinds.
import type { OAuth2Provider } from '../../store/records.ts'
import type { Risk } from '../kind.ts'

/** Claims that users may change, or that may be reassigned to another user. */
const changeable =
  /^(e-?mail|mail|login|username|user_?name|preferred_username|name|nick(name)?|upn|phone.*)$/i

export function oauth2Risks({ endpoints, client, subject, signIn, issuer }: OAuth2Provider): readonly Risk[] {
  const urls = [endpoints.authorization, endpoints.token, endpoints.userinfo, endpoints.emails ?? '']
  const own = signIn?.mapping.email.path ?? []
  const risks: readonly (readonly [when: boolean, Risk['level'], what: string, fix: string])[] = [
    [
      urls.some((url) => url.startsWith('http:')),
      'high',
      'an endpoint uses plain http: anyone on the network path can sign in as any user',
      'use https endpoints',
    ],
    [
      changeable.test(subject.split('.').at(-1) ?? subject),
      'high',
      `the subject is \`${subject}\`, which may change or go to somebody else, and their account here with it`,
      'use the claim with the number or opaque id as subject',
    ],
    [
      client.auth === 'none',
      'medium',
      'the client has no secret: only PKCE protects a stolen code, if the provider supports PKCE',
      'register a confidential client with a client_secret',
    ],
    [
      endpoints.emails === undefined && own.length > 0 && (signIn?.domains.length ?? 0) > 0,
      'medium',
      'verified addresses rely on the userinfo endpoint alone',
      'set emails_endpoint where there is one, or make sure that `email_verified` is reliable',
    ],
    [
      new URL(endpoints.token).origin !== new URL(issuer).origin,
      'low',
      'the issuer is of another origin than the token endpoint',
      'make sure that the issuer belongs to this provider and to no other',
    ],
  ]
  return risks.flatMap(([when, level, what, fix]) => (when ? [{ level, what, fix }] : []))
}
