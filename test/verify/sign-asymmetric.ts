import { type HttpMessage, readHeaders } from '../../src/secure/sigv4/canonical.ts'
import { basicDate, ecdsaAlgorithm } from '../../src/secure/sigv4/signature.ts'
import { bodyHash, type Signature } from '../../src/secure/sigv4/sigv4.ts'
import { signSigV4A } from '../../src/secure/sigv4/sigv4a.ts'
import { deriveKeyPair } from '../../src/secure/sigv4/sigv4a-key.ts'
import type { Credentials } from './documents.ts'

/** The headers of a GET signed with SigV4A; the keys are derived as AWS's clients do. */
export function signAsymmetric(
  host: string,
  path: string,
  credentials: Credentials,
  regions: string,
  name = 'docs',
): Record<string, string> {
  const at = Math.floor(Date.now() / 1000)
  const amzDate = basicDate(at)
  const token = credentials.sessionToken ?? ''
  const headers = { host, 'x-amz-date': amzDate, 'x-amz-region-set': regions, 'x-amz-security-token': token }
  const message: HttpMessage = { method: 'GET', path, query: '', headers: Object.entries(headers).flat() }
  const signedHeaders = Object.keys(headers).sort()
  const date = amzDate.slice(0, 8)
  const signature: Signature = {
    algorithm: ecdsaAlgorithm,
    accessKeyId: credentials.accessKeyId,
    date,
    region: undefined,
    regionSet: regions,
    service: name,
    signedHeaders,
    signature: '',
    amzDate,
    at,
    expiresIn: undefined,
    securityToken: token,
    contentHash: undefined,
    headers: readHeaders(message.headers),
  }
  const { privateKey } = deriveKeyPair(credentials.accessKeyId, credentials.secretAccessKey)
  const proof = signSigV4A(message, signature, bodyHash(''), privateKey)
  const credential = `${credentials.accessKeyId}/${date}/${name}/aws4_request`
  const authorization = `${ecdsaAlgorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${proof}`
  return { ...headers, authorization }
}
