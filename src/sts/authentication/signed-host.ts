// Signatures of requests that came through a proxy which replaced the `Host` header. The signature covers the host that the client
// used, so it is also checked with the host of the issuer; no forwarded header is trusted for that.
import { isProblem, Problem } from '../../problem.ts'
import type { Signature } from '../../secure/sigv4/sigv4.ts'

/** @throws Problem('bad_signature') when the signature does not match the request */
type CheckSignature = (signature: Signature) => Promise<void>

/**
 * Checks the signature with the received `Host`, then with the issuer's host. When only a host of the proxy's headers matches, the
 * request is refused with a message that names it; only a client that has the key can cause this message.
 * @param issuerHost host and, unless it is the default one, port of the issuer
 * @throws Problem('bad_signature')
 */
export async function checkSignatureForHosts(
  signature: Signature,
  issuerHost: string,
  check: CheckSignature,
): Promise<void> {
  const received = signature.headers.get('host')
  const fits = (host: string) => isValid(check, withHost(signature, host))
  try {
    await check(signature)
  } catch (error) {
    if (
      received === undefined ||
      !signature.signedHeaders.includes('host') ||
      !isProblem(error, 'bad_signature')
    )
      throw error
    if (received !== issuerHost && (await fits(issuerHost))) return
    for (const host of forwardedHosts(signature.headers))
      if (host !== received && host !== issuerHost && (await fits(host)))
        throw new Problem(
          'bad_signature',
          `the request was signed for host \`${host}\`, received as \`${received}\`, and the issuer of this server is at \`${issuerHost}\`: set CHANCERY_ISSUER to the URL that clients use, or let the proxy keep the Host header`,
        )
    throw error
  }
}

const withHost = (signature: Signature, host: string): Signature => ({
  ...signature,
  headers: new Map(signature.headers).set('host', host),
})

async function isValid(check: CheckSignature, signature: Signature): Promise<boolean> {
  try {
    await check(signature)
    return true
  } catch (error) {
    if (isProblem(error, 'bad_signature')) return false
    throw error
  }
}

/** At most three hosts from forwarding headers of a proxy. Used only for the message, never to accept a signature. */
function forwardedHosts(headers: Signature['headers']): readonly string[] {
  const host = headers.get('x-forwarded-host')?.split(',')[0]?.trim()
  const port = headers.get('x-forwarded-port')?.split(',')[0]?.trim()
  const standard = /(?:^|[;,])\s*host="?([^";,\s]+)/i.exec(headers.get('forwarded') ?? '')?.[1]
  const named = [host, host && port && `${host}:${port}`, standard]
  return [...new Set(named.flatMap((one) => (one && /^[\w.:[\]-]{1,255}$/.test(one) ? [one] : [])))]
}
