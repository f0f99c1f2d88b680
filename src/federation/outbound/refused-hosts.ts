// Addresses that outbound requests will refuse whatever DNS answers: said when they are saved, not at the first sign-in. Every
// connection is checked again (checked-address.ts).
import { isIP } from 'node:net'
import type { FieldFault } from '../../problem.ts'
import { bare, isAllowed } from './checked-address.ts'
import { isPublicAddress } from './public-address.ts'

export function refusedHosts(
  urls: readonly { readonly field: string; readonly url: string }[],
  allow: ReadonlySet<string>,
): readonly FieldFault[] {
  return urls.flatMap(({ field, url }) => {
    const why = whyRefused(url, allow)
    return why === undefined ? [] : [{ field, message: why }]
  })
}

function whyRefused(text: string, allow: ReadonlySet<string>): string | undefined {
  const url = URL.parse(text)
  if (url === null) return 'must be a URL'
  if (isAllowed(url, allow)) return undefined
  const host = bare(url.hostname).toLowerCase()
  const isInside = isIP(host) === 0 ? /(?:^|\.)localhost\.?$/.test(host) : !isPublicAddress(host)
  if (isInside)
    return `is at \`${host}\`, which is not public: the operator must name it in CHANCERY_OUTBOUND_ALLOW`
  if (url.protocol === 'http:')
    return 'must be https, unless the operator names its host in CHANCERY_OUTBOUND_ALLOW'
  return undefined
}
