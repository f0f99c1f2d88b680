// The issuer of GetWebIdentityToken's tokens, one per account: discovery (OpenID Connect Discovery 1.0 section 4) and keys. Both are
// there only while the account has outbound web identity federation enabled.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { Route } from '../web/route.ts'

export interface OutboundIssuer {
  readonly isEnabled: (accountId: string) => Promise<boolean>
  readonly issuerOf: (accountId: string) => string
  readonly published: () => readonly object[]
}

export function outboundIssuerRoutes({ isEnabled, issuerOf, published }: OutboundIssuer): readonly Route[] {
  const respond = (make: (accountId: string) => object) => async (ctx: Context) => {
    const { account = '' } = ctx['params'] as Readonly<Record<string, string>>
    if (!/^\d{12}$/.test(account) || !(await isEnabled(account)))
      throw new Problem('not_found', 'this account issues no tokens for other services')
    ctx.set('access-control-allow-origin', '*')
    ctx.set('cache-control', 'public, max-age=300')
    ctx.type = 'application/json'
    ctx.body = JSON.stringify(make(account))
  }
  const get = (path: string, make: (accountId: string) => object): Route => ({
    method: 'GET',
    path: `/outbound/:account${path}`,
    access: 'public',
    run: respond(make),
  })
  return [
    get('/.well-known/openid-configuration', (accountId) => ({
      issuer: issuerOf(accountId),
      jwks_uri: `${issuerOf(accountId)}/jwks`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES384'],
      claims_supported: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'https://sts.amazonaws.com/'],
    })),
    get('/jwks', () => ({ keys: published() })),
  ]
}
