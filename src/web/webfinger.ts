// WebFinger (RFC 7033) as used by OpenID Connect Discovery 1.0 §2: names the issuer that signs in the owner of an address.
// The response is the same for every address, so that it does not reveal which users exist.
import { Problem } from '../problem.ts'
import type { Route } from './route.ts'

const issuerRel = 'http://openid.net/specs/connect/1.0/issuer'
/** Maximum characters of an address; longer ones are refused. */
const maxResourceLength = 2048

/** @param issuer the public URL without trailing slash */
export const webfingerRoute = (issuer: string): Route => ({
  method: 'GET',
  path: '/.well-known/webfinger',
  access: 'public',
  run(ctx) {
    const query = new URLSearchParams(ctx.querystring)
    const resources = query.getAll('resource')
    const [subject = ''] = resources
    if (
      resources.length !== 1 ||
      subject.length > maxResourceLength ||
      !/^(acct|https?|mailto):\S+$/i.test(subject)
    )
      throw new Problem('invalid_input', '`resource` must be given once, as an `acct:` or `https:` address')
    const rels = query.getAll('rel')
    const isAsked = rels.length === 0 || rels.includes(issuerRel)
    // RFC 7033 §5: any origin may read it.
    ctx.set('Access-Control-Allow-Origin', '*')
    ctx.type = 'application/jrd+json'
    ctx.body = JSON.stringify({ subject, links: isAsked ? [{ rel: issuerRel, href: issuer }] : [] })
  },
})
