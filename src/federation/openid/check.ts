// `chancery provider check` for OpenID Connect: what a sign-in does, step by step, as far as that goes without a person.
// Asks the provider afresh: neither what is cached nor the circuit breaker hides how it is now.
import type { OpenIdProvider } from '../../store/records.ts'
import { failedStep, type Step, tried } from '../check-steps.ts'
import type { CheckStep, KindParts } from '../kind.ts'
import { type ClientCredentials, waysToAuthenticate } from '../oauth2/client-authentication.ts'
import { tokenAnswerTo } from '../oauth2/probe-client-credentials.ts'
import { readUsableKeySet } from '../workload/jwks.ts'
import { type Discovered, discoveryUrl, keySourceOf, readDiscovery } from './discovery.ts'

export function checkOpenId(provider: OpenIdProvider, parts: KindParts): AsyncIterable<CheckStep> {
  let document: Discovered | undefined
  const found = (): Discovered => {
    if (!document) throw failedStep('no discovery document')
    return document
  }
  const answered = once(() => parts.fetch(discoveryUrl(provider.url)))
  const steps: readonly Step[] = [
    ['resolve, connect and TLS', async () => `HTTP ${(await answered()).status}`],
    [
      'discovery document and its issuer',
      async () => {
        document = readDiscovery(await answered(), provider.url, parts.allow)
        return document.issuer
      },
    ],
    ['signature algorithms', async () => algorithmsSaid(provider, found())],
    ['PKCE', async () => challengeSaid(found())],
    ['keys', () => keysSaid(provider, found(), parts)],
    ...(provider.client ? [clientStep(provider.client, provider, found, parts)] : []),
    ...(provider.signIn?.signOut ? [['sign-out', async () => signOutSaid(found())] as const] : []),
  ]
  return tried(steps)
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work()
    return running
  }
}

function algorithmsSaid({ client }: OpenIdProvider, { algorithms }: Discovered): string {
  if (algorithms === undefined) return 'not advertised'
  const offered = algorithms.join(' ')
  if (client && !algorithms.some((name) => client.algorithms.includes(name)))
    throw failedStep(`it offers ${offered}; allowed are ${client.algorithms.join(' ')}`)
  return offered
}

function challengeSaid({ challengeMethods }: Discovered): string {
  if (challengeMethods === undefined) return 'not advertised; it is sent all the same'
  if (!challengeMethods.includes('S256'))
    throw failedStep(`it takes ${challengeMethods.join(' ')} and not S256`)
  return 'S256'
}

async function keysSaid(provider: OpenIdProvider, document: Discovered, parts: KindParts): Promise<string> {
  const { keys } = keySourceOf(provider, document)
  const text = async (url: string) => {
    const answer = await parts.fetch(url)
    if (answer.status !== 200) throw failedStep(`the keys: HTTP ${answer.status}`)
    return answer.body.toString()
  }
  if (keys.from === 'discovery') throw failedStep('no jwks_uri')
  const set = readUsableKeySet(keys.from === 'upload' ? keys.jwks : await text(keys.jwksUri))
  return `${set.size} usable`
}

const clientStep = (
  client: NonNullable<OpenIdProvider['client']>,
  provider: OpenIdProvider,
  found: () => Discovered,
  parts: KindParts,
): Step => [
  'client authentication',
  async () => {
    const credentials: ClientCredentials = { ...client, secret: provider.secret }
    const { issuer, tokenEndpoint } = found()
    return tokenAnswerTo(waysToAuthenticate(credentials, parts.now), { issuer, tokenEndpoint }, parts.fetch)
  },
]

function signOutSaid({ endSessionEndpoint }: Discovered): string {
  if (endSessionEndpoint === undefined) throw failedStep('it has no end_session_endpoint; sign_out wants one')
  return endSessionEndpoint
}
