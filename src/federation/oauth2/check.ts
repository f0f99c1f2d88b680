// `chancery provider check` for plain OAuth 2: what a sign-in does, step by step, as far as that goes without a person.
import type { OAuth2Provider } from '../../store/records.ts'
import { failedStep, tried } from '../check-steps.ts'
import type { CheckStep, KindParts } from '../kind.ts'
import { waysToAuthenticate } from './client-authentication.ts'
import { tokenAnswerTo } from './probe-client-credentials.ts'

export function checkOAuth2(provider: OAuth2Provider, parts: KindParts): AsyncIterable<CheckStep> {
  const { endpoints, issuer, client, secret } = provider
  const answers = async (endpoint: string) => {
    const url = new URL(endpoint)
    url.searchParams.set('client_id', client.id)
    url.searchParams.set('response_type', 'code')
    const { status } = await parts.fetch(url.href)
    if (status === 404 || status >= 500) throw failedStep(`HTTP ${status}`)
    return `HTTP ${status}`
  }
  /** Without a token it must refuse; what gives a person to anybody names nobody. */
  const refuses = async (url: string) => {
    const { status } = await parts.fetch(url)
    if (status < 400 || status === 404 || status >= 500)
      throw failedStep(`HTTP ${status} without a token; it should be 401`)
    return `HTTP ${status} without a token`
  }
  return tried([
    ['authorization endpoint', () => answers(endpoints.authorization)],
    [
      'client authentication at the token endpoint',
      async () =>
        tokenAnswerTo(
          waysToAuthenticate({ ...client, secret }, parts.now),
          { issuer, tokenEndpoint: endpoints.token },
          parts.fetch,
        ),
    ],
    ['userinfo endpoint', () => refuses(endpoints.userinfo)],
    ...(endpoints.emails === undefined
      ? []
      : [['list of addresses', () => refuses(endpoints.emails ?? '')] as const]),
  ])
}
