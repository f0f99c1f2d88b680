// Why a server could not be reached, in words that say what to change: the system's and OpenSSL's own name no remedy.

export interface ConnectionFault {
  readonly why: string
  /** What to change; undefined when the server may just not be running. */
  readonly remedy: string | undefined
}

const unknownAuthority: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** What `fetch` of `url` failed with. */
export function connectionFault(url: string | URL, failure: unknown): ConnectionFault {
  const { protocol, hostname } = new URL(url)
  const cause = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  // OpenSSL's messages end with a line break, and name a file of its source.
  const said = (cause instanceof Error ? cause.message : String(cause)).trim()
  if (/wrong version number|packet length too long/i.test(said))
    return { why: 'what answers there speaks plain http, not https', remedy: 'write `http://`' }
  // An https port closes the connection, or answers with a TLS alert.
  if (protocol === 'http:' && (code === 'UND_ERR_SOCKET' || code.startsWith('HPE_')))
    return { why: `no http answer: ${said}`, remedy: 'write `https://` if the server serves https there' }
  if (unknownAuthority.has(code))
    return {
      why: 'its certificate is signed by no authority that is known here',
      remedy: 'NODE_EXTRA_CA_CERTS names a PEM file with the certificate of yours',
    }
  if (code === 'ENOTFOUND')
    return { why: `there is no host \`${hostname}\``, remedy: 'correct the name, or DNS of this machine' }
  return { why: said, remedy: undefined }
}
