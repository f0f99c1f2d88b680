// The HTTP-Redirect binding (Bindings section 3.4): a deflated, base64-encoded message in the query, with its signature in parameters of
// its own.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { isSignedByOneOf, rsaSha256, signText } from '../../secure/xml/detached-signature.ts'
import type { IdpMetadata } from './metadata.ts'
import { refuse } from './refusal.ts'

type MessageName = 'SAMLRequest' | 'SAMLResponse'

interface Outgoing {
  /** The endpoint of the identity provider; may have a query. */
  readonly to: string
  readonly name: MessageName
  readonly xml: string
  /** At most 80 bytes (Bindings section 3.4.3); a longer one is omitted. */
  readonly relayState: string | undefined
  /** PEM of an RSA key; undefined: the message is not signed. */
  readonly key: string | undefined
}

/** The URL that sends a message to the identity provider through the browser. */
export function redirectUrl({ to, name, xml, relayState, key }: Outgoing): string {
  const parameters: [string, string][] = [[name, deflateRawSync(Buffer.from(xml)).toString('base64')]]
  if (relayState !== undefined && relayState !== '' && Buffer.byteLength(relayState) <= 80)
    parameters.push(['RelayState', relayState])
  if (key !== undefined) parameters.push(['SigAlg', rsaSha256])
  const query = parameters.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
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
 * Verifies the signature of a query and returns its message. The message is inflated only after that, so an unsigned request costs
 * no more than one signature check per certificate.
 * @param query as received, percent-encoded: the signature covers these characters
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
    throw refuse('SAMLRequest and SAMLResponse must not be sent together')
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
    throw refuse('the signature does not verify with any certificate of the provider')
  return { xml: inflated(decode(message)), relayState: relay === undefined ? undefined : decode(relay) }
}

function rawParameters(query: string): ReadonlyMap<string, string> {
  const raw = new Map<string, string>()
  for (const part of query.split('&')) {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    if (!known.some((one) => one === name)) continue
    if (raw.has(name)) throw refuse(`${name} is repeated`)
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
