// POST /v1/revocations: take back sessions before their end. `{ "scope": "role", "value": "AROA…" }` ends every session of the
// role that was issued until now; other scopes are one session (`jti`), a source identity, a user and a client.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { jsonObject, onlyKnown, textField } from './input.ts'
import type { Authenticate, Authorize, RevocationScope, Revoke } from './ports.ts'

export interface RevokePorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly revoke: Revoke
}

/** What names the sessions of each scope. */
const forms: ReadonlyMap<string, RegExp> = new Map<RevocationScope, RegExp>([
  ['role', /^AROA[A-Z0-9]{12,124}$/],
  ['session', /^[\w-]{16,64}$/],
  ['source-identity', /^[\w+=,.@-]{2,64}$/],
  ['user', /^AIDA[A-Z0-9]{12,124}$/],
  ['client', /^[\x21-\x7e]{1,255}$/],
])

const largestBody = 4096

export const revoke =
  (ports: RevokePorts) =>
  async (ctx: Context): Promise<void> => {
    const signed = await ports.authenticate(ctx, largestBody)
    if (signed.caller.kind === 'anonymous') throw new Problem('missing_credentials', 'sign the request')
    const { scope, value } = parseInput(signed.body)
    const arn = `arn:aws:sts::${signed.caller.accountId}:sessions/${scope}/${value}`
    await ports.authorize(signed, 'sts:RevokeSessions', arn)
    const { before } = await ports.revoke(signed, scope, value)
    ctx.set('cache-control', 'no-store')
    ctx.type = 'application/json'
    ctx.body = JSON.stringify({ scope, value, before })
  }

/** @throws Problem('invalid_input') */
function parseInput(body: Buffer): { readonly scope: RevocationScope; readonly value: string } {
  const fields = jsonObject(body)
  onlyKnown(fields, ['scope', 'value'])
  const scope = textField(fields, 'scope', /./, `one of ${[...forms.keys()].join(', ')}`)
  const form = forms.get(scope)
  if (form === undefined)
    throw new Problem('invalid_input', `\`scope\` must be one of ${[...forms.keys()].join(', ')}`)
  return { scope: scope as RevocationScope, value: textField(fields, 'value', form, `what names a ${scope}`) }
}
