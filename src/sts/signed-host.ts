// Which host a signature covers, behind a proxy that sends another `Host`. The signature is a MAC or an ECDSA signature over the host
// that the client used, so no forwarded header needs to be trusted: it verifies for the issuer's own host or it does not.
import { isProblem, Problem } from '../problem.ts'
import type { Signature } from '../secure/sigv4.ts'

/** @throws Problem('bad_signature') when the signature does not cover the request as it is spelt. */
type Prove = (signature: Signature) => Promise<void>

/**
 * Checks the signature against the `Host` that was received, then against the issuer's own. When neither fits, but a
 * host that the proxy's headers name does, the refusal says so: only a holder of the key can produce that case.
 * @param issuerHost host and, unless it is the default one, port of the issuer
 * @throws Problem('bad_signature')
 */
export async function proveForHosts(signature: Signature, issuerHost: string, prove: Prove): Promise<void> {
  const received = signature.headers.get('host')
  const fits = (host: string) => isProven(prove, withHost(signature, host))
  try {
    await prove(signature)
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

async function isProven(prove: Prove, signature: Signature): Promise<boolean> {
  try {
    await prove(signature)
    return true
  } catch (error) {
    if (isProblem(error, 'bad_signature')) return false
    throw error
  }
}

/** At most three hosts that a proxy says the client asked for; used for the message alone, never to accept. */
function forwardedHosts(headers: Signature['headers']): readonly string[] {
  const host = headers.get('x-forwarded-host')?.split(',')[0]?.trim()
  const port = headers.get('x-forwarded-port')?.split(',')[0]?.trim()
  const standard = /(?:^|[;,])\s*host="?([^";,\s]+)/i.exec(headers.get('forwarded') ?? '')?.[1]
  const named = [host, host && port && `${host}:${port}`, standard]
  return [...new Set(named.flatMap((one) => (one && /^[\w.:[\]-]{1,255}$/.test(one) ? [one] : [])))]
}
