// SPIFFE IDs in the `sub` of JWT-SVIDs, and providers that are a trust domain. Such a provider's issuer is
// `spiffe://<trust domain>`, because JWT-SVIDs need no `iss` (SPIFFE JWT-SVID section 3): the keys that verify one are those of the
// trust domain in its subject.
import { Problem } from '../../problem.ts'

/** SPIFFE-ID sections 2.1 to 2.3: a lower-case trust domain and a path without empty, `.` or `..` segments. */
const spiffeId = /^spiffe:\/\/([a-z0-9._-]{1,255})((?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)+)$/
const trustDomainIssuer = /^spiffe:\/\/[a-z0-9._-]{1,255}$/
/** Bytes (section 2.3). */
const maxLength = 2048

/** Whether an issuer is a trust domain. */
export const isTrustDomain = (issuer: string): boolean => trustDomainIssuer.test(issuer)

/** `spiffe://<trust domain>` of a SPIFFE ID; undefined for every other text. */
export function trustDomainOf(subject: unknown): string | undefined {
  if (typeof subject !== 'string' || subject.length > maxLength) return undefined
  const domain = spiffeId.exec(subject)?.[1]
  return domain === undefined ? undefined : `spiffe://${domain}`
}

/**
 * A trust domain issues IDs of its own only: the keys of one must not verify the IDs of another.
 * @throws Problem('invalid_identity_token')
 */
export function checkSpiffeSubject(
  { sub }: Readonly<Record<string, unknown>>,
  { url, bundleFormat }: { readonly url: string; readonly bundleFormat?: 'spiffe' | undefined },
): void {
  if (bundleFormat !== 'spiffe') return
  const domain = trustDomainOf(sub)
  if (domain === undefined) throw new Problem('invalid_identity_token', '`sub` is not a SPIFFE ID')
  if (isTrustDomain(url) && domain !== url)
    throw new Problem('invalid_identity_token', '`sub` is a SPIFFE ID of another trust domain')
}
