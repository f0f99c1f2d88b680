// What is doubtful about the settings of a plain OAuth 2 provider. Pure; what all kinds share is in risks.ts.
import type { OAuth2Provider } from '../../store/records.ts'
import type { Risk } from '../kind.ts'

/** Names of claims that people may change, or that go to somebody else after them. */
const changeable =
  /^(e-?mail|mail|login|username|user_?name|preferred_username|name|nick(name)?|upn|phone.*)$/i

export function oauth2Risks({ endpoints, client, subject, signIn, issuer }: OAuth2Provider): readonly Risk[] {
  const urls = [endpoints.authorization, endpoints.token, endpoints.userinfo, endpoints.emails ?? '']
  const own = signIn?.mapping.email.path ?? []
  const risks: readonly (readonly [when: boolean, Risk['level'], what: string, fix: string])[] = [
    [
      urls.some((url) => url.startsWith('http:')),
      'high',
      'an endpoint is plain http: whoever is on the way can sign in as anybody',
      'use https endpoints',
    ],
    [
      changeable.test(subject.split('.').at(-1) ?? subject),
      'high',
      `the subject is \`${subject}\`, which may change or go to somebody else, and their account here with it`,
      'name the claim of the number or opaque id as subject',
    ],
    [
      client.auth === 'none',
      'medium',
      'the client has no secret: only PKCE keeps a stolen code from being used, where the provider knows PKCE at all',
      'register a confidential client with a client_secret',
    ],
    [
      endpoints.emails === undefined && own.length > 0 && (signIn?.domains.length ?? 0) > 0,
      'medium',
      'addresses are joined on the word of userinfo alone',
      'name the emails_endpoint where there is one, or be sure that `email_verified` is what it says',
    ],
    [
      new URL(endpoints.token).origin !== new URL(issuer).origin,
      'low',
      'the issuer is of another origin than the token endpoint',
      'see that the issuer names this provider and no other',
    ],
  ]
  return risks.flatMap(([when, level, what, fix]) => (when ? [{ level, what, fix }] : []))
}
