// `chancery provider check` for OpenID Connect: the steps of a sign-in that need no user. Bypasses the cache and the circuit
// breaker, so that it reports the provider's current state.
import type { OpenIdProvider } from '../../store/records.ts'
import { failedStep, runSteps, type Step } from '../check-steps.ts'
import type { CheckStep, ProviderDependencies } from '../kind.ts'
import { type ClientCredentials, clientAuthenticationMethods } from '../oauth2/client-authentication.ts'
import { probeClientCredentials } from '../oauth2/probe-client-credentials.ts'
import { readUsableKeySet } from '../workload/jwks.ts'
import { type Discovered, discoveryUrl, keySourceOf, readDiscovery } from './discovery.ts'

export function checkOpenId(provider: OpenIdProvider, deps: ProviderDependencies): AsyncIterable<CheckStep> {
  // Discovery is not used for workload tokens when the keys are configured: a private cluster need not be reachable.
  if (provider.keys.from !== 'discovery' && !provider.client)
    return runSteps([['keys', () => keysResult(provider, provider.keys, deps)]])
  let document: Discovered | undefined
  const found = (): Discovered => {
    if (!document) throw failedStep('no discovery document')
    return document
  }
  const answered = once(() => deps.fetch(discoveryUrl(provider.url)))
  const steps: readonly Step[] = [
    ['resolve, connect and TLS', async () => `HTTP ${(await answered()).status}`],
    [
      'discovery document and its issuer',
      async () => {
        document = readDiscovery(await answered(), provider.url, deps.allow)
        return document.issuer
      },
    ],
    ['signature algorithms', async () => algorithmsResult(provider, found())],
    ['PKCE', async () => pkceResult(found())],
    ['keys', () => keysResult(provider, keySourceOf(provider, found()).keys, deps)],
    ...(provider.client ? [clientStep(provider.client, provider, found, deps)] : []),
    ...(provider.signIn?.signOut ? [['sign-out', async () => signOutResult(found())] as const] : []),
  ]
  return runSteps(steps)
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work()
    return running
  }
}

function algorithmsResult({ client }: OpenIdProvider, { algorithms }: Discovered): string {
  if (algorithms === undefined) return 'not advertised'
  const offered = algorithms.join(' ')
  if (client && !algorithms.some((name) => client.algorithms.includes(name)))
    throw failedStep(`it offers ${offered}; allowed are ${client.algorithms.join(' ')}`)
  return offered
}

function pkceResult({ challengeMethods }: Discovered): string {
  if (challengeMethods === undefined) return 'not advertised; sent nevertheless'
  if (!challengeMethods.includes('S256'))
    throw failedStep(`it takes ${challengeMethods.join(' ')} and not S256`)
  return 'S256'
}

async function keysResult(
  provider: OpenIdProvider,
  keys: OpenIdProvider['keys'],
  deps: ProviderDependencies,
): Promise<string> {
  const text = async (url: string) => {
    const answer = await deps.fetch(url)
    if (answer.status !== 200) throw failedStep(`the keys: HTTP ${answer.status}`)
    return answer.body.toString()
  }
  if (keys.from === 'discovery') throw failedStep('no jwks_uri')
  const set = readUsableKeySet(
    keys.from === 'upload' ? keys.jwks : await text(keys.jwksUri),
    provider.bundleFormat,
  )
  return `${set.size} usable${keys.from === 'upload' ? ', from the configuration' : ''}`
}

const clientStep = (
  client: NonNullable<OpenIdProvider['client']>,
  provider: OpenIdProvider,
  found: () => Discovered,
  deps: ProviderDependencies,
): Step => [
  'client authentication',
  async () => {
    const credentials: ClientCredentials = { ...client, secret: provider.secret }
    const { issuer, tokenEndpoint } = found()
    return probeClientCredentials(
      clientAuthenticationMethods(credentials, deps.now),
      { issuer, tokenEndpoint },
      deps.fetch,
    )
  },
]

function signOutResult({ endSessionEndpoint }: Discovered): string {
  if (endSessionEndpoint === undefined)
    throw failedStep('it has no end_session_endpoint, which sign_out needs')
  return `${endSessionEndpoint}; it must know https://<your Chancery>/signed-out as post-logout redirect URI`
}
