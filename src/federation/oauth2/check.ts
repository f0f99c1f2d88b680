// `chancery provider check` for plain OAuth 2: the steps of a sign-in that need no user.
import type { OAuth2Provider } from '../../store/records.ts'
import { failedStep, runSteps } from '../check-steps.ts'
import type { CheckStep, ProviderDependencies } from '../kind.ts'
import { clientAuthenticationMethods } from './client-authentication.ts'
import { probeClientCredentials } from './probe-client-credentials.ts'

export function checkOAuth2(provider: OAuth2Provider, deps: ProviderDependencies): AsyncIterable<CheckStep> {
  const { endpoints, issuer, client, secret } = provider
  const answers = async (endpoint: string) => {
    const url = new URL(endpoint)
    url.searchParams.set('client_id', client.id)
    url.searchParams.set('response_type', 'code')
    const { status } = await deps.fetch(url.href)
    if (status === 404 || status >= 500) throw failedStep(`HTTP ${status}`)
    return `HTTP ${status}`
  }
  /** Must refuse a request without token; an endpoint that answers everybody identifies nobody. */
  const refuses = async (url: string) => {
    const { status } = await deps.fetch(url)
    if (status < 400 || status === 404 || status >= 500)
      throw failedStep(`HTTP ${status} without a token; it should be 401`)
    return `HTTP ${status} without a token`
  }
  return runSteps([
    ['authorization endpoint', () => answers(endpoints.authorization)],
    [
      'client authentication at the token endpoint',
      async () =>
        probeClientCredentials(
          clientAuthenticationMethods({ ...client, secret }, deps.now),
          { issuer, tokenEndpoint: endpoints.token },
          deps.fetch,
        ),
    ],
    ['userinfo endpoint', () => refuses(endpoints.userinfo)],
    ...(endpoints.emails === undefined
      ? []
      : [['list of addresses', () => refuses(endpoints.emails ?? '')] as const]),
  ])
}
