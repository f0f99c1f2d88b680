// SAML messages in the query of a redirect (Bindings §3.4): deflated, base64, signed beside the message.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { isSignedByOneOf, rsaSha256, signText } from '../../secure/detached-signature.ts'
import type { IdpMetadata } from './metadata.ts'
import { refuse } from './refusal.ts'

type MessageName = 'SAMLRequest' | 'SAMLResponse'

interface Outgoing {
  /** The other side's endpoint; may have a query of its own. */
  readonly to: string
  readonly name: MessageName
  readonly xml: string
  /** Bindings §3.4.3: at most 80 bytes; a longer one is left out. */
  readonly relayState: string | undefined
  /** PEM of an RSA key; undefined: the message is not signed. */
  readonly key: string | undefined
}

/** The URL that carries a message of ours. */
export function redirectUrl({ to, name, xml, relayState, key }: Outgoing): string {
  const deps: [string, string][] = [[name, deflateRawSync(Buffer.from(xml)).toString('base64')]]
  if (relayState !== undefined && relayState !== '' && Buffer.byteLength(relayState) <= 80)
    deps.push(['RelayState', relayState])
  if (key !== undefined) deps.push(['SigAlg', rsaSha256])
  const query = deps.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
  const signature = key === undefined ? '' : `&Signature=${encodeURIComponent(signText(query, key))}`
  return `${to}${to.includes('?') ? '&' : '?'}${query}${signature}`
}

export interface Received {
  readonly xml: string
  readonly relayState: string | undefined
}

/** Characters of a query, and of the message in it. */
const limits = { query: 16_384, xml: 60_000 } as const
const known = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const
const deflateEncoding = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE'

/**
 * The message of a query, after its signature held. Nothing is inflated before: whoever has no key of the provider
 * costs one signature check per certificate.
 * @param query as it came, still percent-encoded: the signature covers these characters
 * @throws Problem('invalid_identity_token')
 */
export function receivedByRedirect(
  query: string,
  name: MessageName,
  { certificates }: Pick<IdpMetadata, 'certificates'>,
): Received {
  if (query.length > limits.query) throw refuse(`the query is longer than ${limits.query} characters`)
  const raw = rawParameters(query)
  const message = raw.get(name)
  const [algorithm, signature] = [raw.get('SigAlg'), raw.get('Signature')]
  if (message === undefined) throw refuse(`no ${name}`)
  if (raw.has(name === 'SAMLRequest' ? 'SAMLResponse' : 'SAMLRequest'))
    throw refuse('a request and a response at once')
  if (algorithm === undefined || signature === undefined) throw refuse('the message is not signed')
  if (raw.has('SAMLEncoding') && decode(raw.get('SAMLEncoding') ?? '') !== deflateEncoding)
    throw refuse('the encoding is not DEFLATE')
  const relay = raw.get('RelayState')
  const signed = [
    `${name}=${message}`,
    ...(relay === undefined ? [] : [`RelayState=${relay}`]),
    `SigAlg=${algorithm}`,
  ].join('&')
  const keys = certificates.map(({ key }) => key)
  if (!isSignedByOneOf(keys, decode(algorithm), signed, decode(signature)))
    throw refuse('the signature is of no certificate of the provider')
  return { xml: inflated(decode(message)), relayState: relay === undefined ? undefined : decode(relay) }
}

function rawParameters(query: string): ReadonlyMap<string, string> {
  const raw = new Map<string, string>()
  for (const part of query.split('&')) {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    if (!known.some((one) => one === name)) continue
    if (raw.has(name)) throw refuse(`${name} stands twice`)
    raw.set(name, value)
  }
  return raw
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refuse('the query is not percent-encoded text')
  }
}

function inflated(base64: string): string {
  try {
    const bytes = inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: limits.xml })
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse(`not deflated UTF-8 text of at most ${limits.xml} bytes`)
  }
}
